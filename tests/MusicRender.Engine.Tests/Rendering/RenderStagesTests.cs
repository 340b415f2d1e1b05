using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

public abstract class RenderStagesTests(EngineHost engine) : IDisposable
{
    public void Dispose()
    {
        engine.Generator.Reset();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Stages_OfARender_ComeInOrderOnceEachWithTheContractsWords()
    {
        var log = await engine.RenderAsync(Plans.Short);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(number => (long)number), log.Select(entry => entry.Sequence));
        Assert.IsType<ResultEvent>(log[^1]);
        var progress = log.OfType<ProgressEvent>().ToList();
        Assert.Equal(log.Count - 1, progress.Count);
        Assert.Equal(
            [
                (RenderStage.Validating, 5, "Validating composition plan..."),
                (RenderStage.Validated, 10, "Composition plan validated successfully"),
                (RenderStage.Generating, 15, "Starting music generation with Scripted..."),
                (RenderStage.Processing, 70, "Generation complete, processing audio..."),
                (RenderStage.Saving, 85, "Saving audio file to disk..."),
                (RenderStage.Extracting, 95, "Extracting metadata..."),
                (RenderStage.Complete, 100, "Render complete!"),
            ],
            progress.DistinctBy(entry => entry.Stage).Select(entry => (entry.Stage, entry.Percent, entry.Message)));
        Assert.All(progress.GroupBy(entry => entry.Stage).Where(stage => stage.Key != RenderStage.Generating), stage => Assert.Single(stage));
        Assert.True(progress.Zip(progress.Skip(1)).All(pair => pair.First.Percent <= pair.Second.Percent && pair.First.Timestamp <= pair.Second.Timestamp));
    }

    [Fact]
    public async Task Processing_OfAGeneratorElsewhere_SpeaksOfTheApi()
    {
        engine.Generator.IsLocal = false;
        var log = await engine.RenderAsync(Plans.Short);
        Assert.Equal("API call complete, processing response...", log.OfType<ProgressEvent>().Single(entry => entry.Stage == RenderStage.Processing).Message);
    }

    [Fact]
    public async Task Playable_IsToldOnceTheFirstAudioIsThere()
    {
        var isHeard = new TaskCompletionSource();
        engine.Generator.OnGenerate = (request, ct) => Script(isHeard.Task);
        var id = await engine.StartAsync(Plans.Short);
        await foreach (var entry in engine.Jobs.WatchAsync(id, 0, CancellationToken.None))
        {
            if (entry is ProgressEvent { IsPlayable: true, Stage: RenderStage.Generating } && !isHeard.Task.IsCompleted)
            {
                Assert.True(engine.Service<AudioStore>().TryGetPartial(id.Value, out var partial));
                Assert.True(partial.Length > 0);
                isHeard.SetResult();
            }
        }

        Assert.True(isHeard.Task.IsCompletedSuccessfully);
        Assert.False(engine.Service<AudioStore>().TryGetPartial(id.Value, out _));

        static async IAsyncEnumerable<GeneratorOutput> Script(Task isHeard)
        {
            // Sound until somebody could hear the first of it, however much the encoder keeps to itself.
            while (!isHeard.IsCompleted)
            {
                yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second.AsMemory(0, 8_820));
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Catalogue_HasTheRender_BeforeTheGeneratorIsAsked()
    {
        string? state = null;
        engine.Generator.OnGenerate = Script;
        var log = await engine.RenderAsync(Plans.Short with { Title = "On disk first" });
        Assert.IsType<ResultEvent>(log[^1]);
        Assert.Equal("Queued", state);

        async IAsyncEnumerable<GeneratorOutput> Script(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
        {
            // On another connection than the one that wrote it.
            state = await engine.ReadAsync(async catalogue => (await catalogue.Renders.SingleAsync(row => row.Title == "On disk first", ct)).State);
            await foreach (var output in ScriptedGenerator.Tone(3_000))
            {
                yield return output;
            }
        }
    }

    [Fact]
    public async Task Result_OfARender_HoldsEverythingThatIsKnown()
    {
        engine.Generator.OnGenerate = (_, _) => Script();
        var id = await engine.StartAsync(Plans.Short, new RenderOptions { Seed = 7 }, new SongMetadata { Description = "A drive", Genres = ["synthwave"], Languages = ["en"] });
        var result = Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]).Result;
        Assert.Equal(id, result.Id);
        Assert.Equal($"night-drive_{id.Short}.mp3", result.FileName);
        Assert.Equal($"audio/{result.FileName}", result.FilePath);
        Assert.Equal("audio/mpeg", result.ContentType);
        Assert.Equal(new FileInfo(Path.Combine(engine.Root, result.FilePath)).Length, result.FileSizeBytes);
        Assert.Equal(3_000, result.DurationMs);
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), PlanJson.ToCompactText(result.Composition));
        Assert.Equal(("Night Drive", "A drive", 110.4, "E major"), (result.Song.Title, result.Song.Description, result.Song.Bpm, result.Song.Key));
        Assert.Equal(new WordTiming("one", 0, 500), result.Words![0]);
        Assert.Equal(("scripted", 7, "request-1"), (result.Generator, result.Seed, result.RequestId));

        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((RenderState.Succeeded, "Night Drive", "scripted", "draft-1"), (status.State, status.Title, status.Generator, status.DraftId));
        Assert.True(status.CreatedAt <= status.StartedAt && status.StartedAt <= status.FinishedAt);
        Assert.Equal(100, status.Progress!.Percent);
        Assert.Equal(result.FileName, status.Result!.FileName);

        var track = (await engine.Service<ITrackLibrary>().FindAsync(result.FileName, CancellationToken.None))!;
        Assert.Equal((id.Value, "Night Drive", 3_000, "draft-1"), (track.Id, track.Title, track.DurationMs, track.DraftId));
        var peaks = await engine.Service<ITrackLibrary>().PeaksAsync(id.Value, CancellationToken.None);
        Assert.Equal(2_000, peaks!.Count);
        Assert.All(peaks, peak => Assert.InRange(peak, 0.2f, 0.3f));

        using var file = TagLib.File.Create(Path.Combine(engine.Root, result.FilePath));
        var tag = (TagLib.Id3v2.Tag)file.GetTag(TagLib.TagTypes.Id3v2);
        Assert.Equal(("Night Drive", 110u, "synthwave"), (tag.Title, tag.BeatsPerMinute, tag.FirstGenre));
        Assert.Equal("one light\ntwo lights", tag.Lyrics);
        Assert.Equal("E", TagLib.Id3v2.TextInformationFrame.Get(tag, "TKEY", false).Text[0]);
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), tag.Comment);
        var synced = tag.GetFrames<TagLib.Id3v2.SynchronisedLyricsFrame>().Single();
        Assert.Equal([("one", 0L), ("light", 500L)], synced.Text.Select(text => (text.Text, text.Time)));

        static async IAsyncEnumerable<GeneratorOutput> Script()
        {
            yield return new GeneratorOutput.Metadata(new SongMetadata { Bpm = 110.4, Key = "E major", Title = "not this one" });
            yield return new GeneratorOutput.Words([new WordTiming("one", 0, 500), new WordTiming("light", 500, 900)]);
            await foreach (var output in ScriptedGenerator.Tone(3_000))
            {
                yield return output;
            }
        }
    }

    [Fact]
    public async Task Title_ThatNobodyGave_IsAnUntitledTrackInAFileCalledTrack()
    {
        var log = await engine.RenderAsync(Plans.Short with { Title = " " });
        var result = Assert.IsType<ResultEvent>(log[^1]).Result;
        Assert.Equal($"track_{result.Id.Short}.mp3", result.FileName);
        Assert.Equal("Untitled track", (await engine.Service<ITrackLibrary>().FindAsync(result.Id.Value, CancellationToken.None))!.Title);
    }

    [Fact]
    public async Task Seed_ThatNobodyChose_IsChosenAndTold()
    {
        int? seed = null;
        engine.Generator.OnGenerate = (request, _) =>
        {
            seed = request.Seed;
            return ScriptedGenerator.Tone(3_000);
        };
        var result = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        Assert.Equal(seed, result.Seed);
        Assert.InRange(result.Seed, 0, PlanLimits.MaxSeed);
    }

    [Fact]
    public async Task Format_ThatIsAskedFor_IsTheFiles()
    {
        var result = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short, new RenderOptions { OutputFormat = "mp3_44100_64" }))[^1]).Result;
        // 3 s of 64 kbit/s are 24 000 bytes; of 192 they would be 72 000.
        Assert.InRange(result.FileSizeBytes, 24_000, 30_000);
    }

    [Fact]
    public async Task Prompt_IsMadeIntoAPlanForAGeneratorThatTakesNone()
    {
        Composition? asked = null;
        engine.Generator.OnGenerate = (request, _) =>
        {
            asked = request.Composition;
            return ScriptedGenerator.Tone(request.Composition.DurationMs!.Value);
        };
        var log = await engine.RenderAsync(new PromptComposition { Title = "My own", Prompt = "a calm lo-fi piece at 80 bpm", MusicLengthMs = 12_000, ForceInstrumental = true });
        var plan = Assert.IsType<CompositionPlan>(asked);
        Assert.Equal(12_000, plan.DurationMs);
        Assert.All(plan.Sections, section => Assert.Empty(section.Lines));
        Assert.Contains(log.OfType<ProgressEvent>(), entry => entry.Message == "Writing a composition plan from the prompt...");
        var result = Assert.IsType<ResultEvent>(log[^1]).Result;
        Assert.Equal(("My own", 12_000), (result.Composition.Title, result.DurationMs));
        Assert.IsType<CompositionPlan>(result.Composition);
    }

    [Fact]
    public async Task Prompt_GoesAsItIs_ToAGeneratorThatTakesPrompts()
    {
        Composition? asked = null;
        engine.Generator.TakesPrompts = true;
        engine.Generator.OnGenerate = (request, _) =>
        {
            asked = request.Composition;
            return ScriptedGenerator.Tone(4_000);
        };
        var result = Assert.IsType<ResultEvent>((await engine.RenderAsync(new PromptComposition { Prompt = "a song" }))[^1]).Result;
        Assert.IsType<PromptComposition>(asked);
        Assert.Equal(4_000, result.DurationMs);
    }

    [Fact]
    public async Task Request_ThatIsBad_IsRefusedWithEveryProblemAndLeavesNothing()
    {
        var before = await engine.ReadAsync(catalogue => catalogue.Renders.CountAsync());
        var start = await engine.Jobs.StartAsync(
            EngineHost.RequestOf(new CompositionPlan { Sections = [new PlanSection { DurationMs = 1 }] }, new RenderOptions { Generator = "nobody" }),
            CancellationToken.None);
        Assert.Equal(FailureCode.ValidationError, start.Failure!.Code);
        Assert.Equal(["sections[0].section_name", "sections[0].duration_ms", "generator"], start.Failure.Details!.Value.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()));
        var format = await engine.Jobs.StartAsync(EngineHost.RequestOf(Plans.Short, new RenderOptions { OutputFormat = "wav" }), CancellationToken.None);
        Assert.Contains("output_format", format.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.ReadAsync(catalogue => catalogue.Renders.CountAsync()));
    }
}

public sealed class RenderStagesOnSqliteTests(EngineHost engine) : RenderStagesTests(engine), IClassFixture<EngineHost>;

public sealed class RenderStagesOnPostgresTests(PostgresEngine engine) : RenderStagesTests(engine), IClassFixture<PostgresEngine>;
