using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>What arrived of a paid render becomes a track when somebody wants it to.</summary>
public sealed class KeepTakeTests(EngineHost engine) : IClassFixture<EngineHost>, IAsyncLifetime
{
    private static byte[]? _tone;

    public async ValueTask InitializeAsync() =>
        _tone ??= await Processes.RunAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=5", "-af", "volume=2", "-ac", "2", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "-");

    public ValueTask DisposeAsync()
    {
        engine.Generator.Reset();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Keep_MakesATrackLikeAnyOther()
    {
        var id = await FailAsync(engine, [.. PaidScript.Facts, new GeneratorOutput.Waveform([1, 1, 1, 1]), .. Pieces()]);
        var left = (await engine.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake!;
        var kept = await engine.Jobs.KeepTakeAsync(id, CancellationToken.None);
        Assert.Null(kept.Failure);
        var track = kept.Track!;
        Assert.Equal((id.Value, "Night Drive (partial)", $"night-drive-partial_{id.Short}.mp3", true), (track.Id, track.Title, track.FileName, track.IsPartial));
        Assert.Equal((left.DurationMs, "song-7", "scripted", "draft-1"), (track.DurationMs, track.SongId, track.Generator, track.DraftId));
        Assert.InRange(track.DurationMs, 5_000, 5_100);
        // Words past the end of what arrived are left out.
        Assert.Equal(["one", "light"], track.Words!.Select(word => word.Word));

        var path = Path.Combine(engine.Root, track.FilePath);
        Assert.Equal(new FileInfo(path).Length, track.FileSizeBytes);
        using (var file = TagLib.File.Create(path))
        {
            Assert.Equal(("Night Drive (partial)", "synthwave", PlanJson.ToCompactText(Plans.Short)), (file.Tag.Title, file.Tag.FirstGenre, file.Tag.Comment));
        }

        // The generator's waveform was full all over; that of the sound is not.
        var peaks = (await engine.Service<ITrackLibrary>().PeaksAsync(track.Id, CancellationToken.None))!;
        Assert.InRange(peaks[1_000], 0.1f, 0.9f);
        await engine.Service<ITrackLibrary>().SearchAsync(new TrackQuery("night partial"), CancellationToken.None);

        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal(RenderState.Failed, status.State);
        Assert.Null(status.PartialTake);
        Assert.Equal((track.FileName, true, "request-1"), (status.Result!.FileName, status.Result.IsPartial, status.Result.RequestId));
        Assert.NotNull(status.Failure);
        NothingIsLeft(engine, id);
    }

    [Fact]
    public async Task Keep_ManyTimesAtOnce_GivesOneTrack()
    {
        var id = await FailAsync(engine, Pieces());
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.Jobs.KeepTakeAsync(id, CancellationToken.None)));
        Assert.Single(kept.Select(one => one.Track!.FileName).Distinct());
        Assert.Single(engine.FilesIn("audio"), file => file.Contains(id.Short, StringComparison.Ordinal));
        Assert.Equal(1, await engine.ReadAsync(catalogue => catalogue.Tracks.CountAsync(row => row.Id == id.Value)));
        Assert.Equal(kept[0].Track!.FileName, (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!.FileName);
    }

    [Fact]
    public async Task Keep_OfARenderThatNeverWas_IsNothing()
    {
        var kept = await engine.Jobs.KeepTakeAsync(RenderId.New(DateTimeOffset.UtcNow), CancellationToken.None);
        Assert.Equal(new KeptTake(null, null), kept);
    }

    [Fact]
    public async Task Keep_WhileTheRenderRuns_IsRefused()
    {
        var script = new PaidScript(Pieces());
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;
        Assert.Equal("under_way", (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Failure!.Reason);
        script.End();
        Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]);
        // Of one that succeeded, its track.
        Assert.Equal((id.Value, false), (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track is { } track ? (track.Id, track.IsPartial) : default);
    }

    [Fact]
    public async Task Keep_WhereNothingArrived_IsRefused()
    {
        var id = await FailAsync(engine, PaidScript.Facts);
        Assert.Equal("no_take", (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Failure!.Reason);
    }

    [Fact]
    public async Task Track_ThatWasKept_IsGoneForGoodWhenItIsDeleted()
    {
        var id = await FailAsync(engine, Pieces());
        await engine.Jobs.KeepTakeAsync(id, CancellationToken.None);
        Assert.True(await engine.Service<ITrackLibrary>().DeleteAsync(id.Value, CancellationToken.None));
        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((null, null), (status.PartialTake, status.Result));
        Assert.Equal("no_take", (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Failure!.Reason);
        Assert.DoesNotContain(engine.FilesIn("audio"), file => file.Contains(id.Short, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_OfACancelledRender_SpeaksOfWhatArrivedOnlyWhileItIsThere()
    {
        var script = new PaidScript(Pieces());
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        await engine.LogAsync(id);
        Assert.Contains(" What arrived (5 s) can be heard and kept.", (await engine.Jobs.FindAsync(id, CancellationToken.None))!.Failure!.Message, StringComparison.Ordinal);
        await engine.Jobs.KeepTakeAsync(id, CancellationToken.None);
        Assert.True(await engine.Service<ITrackLibrary>().DeleteAsync(id.Value, CancellationToken.None));
        var failure = (await engine.Jobs.FindAsync(id, CancellationToken.None))!.Failure!;
        Assert.Equal("cancelled", failure.Reason);
        Assert.EndsWith("what it made may still be billed.", failure.Message, StringComparison.Ordinal);
        Assert.Null(PartialTake.Of(failure));
        Assert.True(failure.Details!.Value.GetProperty("may_be_billed").GetBoolean());
    }

    [Fact]
    public async Task Take_OfARenderWhoseEndWasNeverEntered_IsToldAndKept()
    {
        // The catalogue could not take the end, and the activation that knew it is gone: the row says that it waits.
        var id = await FailAsync(engine, Pieces());
        await engine.Service<CatalogueWriter>().WriteAsync(
            async (catalogue, ct) =>
            {
                var row = (await catalogue.Renders.FindAsync([id.Value], ct))!;
                (row.State, row.Events, row.FinishedAt) = (nameof(RenderState.Queued), null, null);
            },
            CancellationToken.None);
        var management = engine.Service<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero);
        // Nobody runs it: it is taken up, and ends as it must.
        await engine.LogAsync(id);
        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((RenderState.Failed, "interrupted"), (status.State, status.Failure!.Reason));
        Assert.Contains("What arrived (5 s) can be heard and kept.", status.Failure.Message, StringComparison.Ordinal);
        Assert.InRange(status.PartialTake!.DurationMs, 5_000, 5_100);
        Assert.NotNull((await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
        Assert.Equal(RenderState.Failed, (await engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Take_IsKeptByTheNextProcess()
    {
        using var folder = new TestFolder();
        RenderId id;
        await using (var first = await EngineHost.StartAsync(folder.Path))
        {
            id = await FailAsync(first, [.. PaidScript.Facts, .. Pieces()]);
        }

        await using (var second = await EngineHost.StartAsync(folder.Path))
        {
            Assert.NotNull((await second.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake);
            Assert.Equal("song-7", (await second.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!.SongId);
        }

        await using var third = await EngineHost.StartAsync(folder.Path);
        Assert.True((await third.Jobs.FindAsync(id, CancellationToken.None))!.Result!.IsPartial);
        Assert.True((await third.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!.IsPartial);
        SqliteConnection.ClearAllPools();
    }

    [Theory]
    [InlineData("audio/{0}")]
    [InlineData("audio/{0}.saving")]
    public async Task Take_WhoseSavingWasKilled_IsThereAgain(string diedAt)
    {
        using var folder = new TestFolder();
        RenderId id;
        await using (var first = await EngineHost.StartAsync(folder.Path))
        {
            id = await FailAsync(first, Pieces());
        }

        // Its file has its new name already, the catalogue knows nothing of it; it is noted what is being kept.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "partial", $"{id}.json"), "\n{}");
        var partial = Path.Combine(folder.Path, "partial", $"{id}.mp3");
        var bytes = new FileInfo(partial).Length;
        Directory.CreateDirectory(Path.Combine(folder.Path, "audio"));
        File.Move(partial, Path.Combine(folder.Path, string.Format(System.Globalization.CultureInfo.InvariantCulture, diedAt, $"night-drive-partial_{id.Short}.mp3")));
        await using var second = await EngineHost.StartAsync(folder.Path);
        Assert.Empty(second.FilesIn("audio"));
        Assert.Equal(bytes, new FileInfo(partial).Length);
        Assert.NotNull((await second.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake);
        var track = (await second.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.InRange(track.DurationMs, 5_000, 5_100);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Take_WhoseTrackIsThereAlready_IsClearedAwayAtTheStart()
    {
        using var folder = new TestFolder();
        RenderId id;
        await using (var first = await EngineHost.StartAsync(folder.Path))
        {
            id = await FailAsync(first, Pieces());
            await first.Jobs.KeepTakeAsync(id, CancellationToken.None);
            // Killed between the catalogue's word and the clearing away.
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "partial", $"{id}.json"), "\n{}");
        }

        await using var second = await EngineHost.StartAsync(folder.Path);
        Assert.Empty(second.FilesIn("partial"));
        Assert.Single(second.FilesIn("audio"));
        Assert.True((await second.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!.IsPartial);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Keep_WithoutADecoder_SaysSoAndLeavesTheTake()
    {
        using var folder = new TestFolder();
        RenderId id;
        await using (var other = await EngineHost.StartAsync(folder.Path, ("MusicRender:Ffmpeg:Path", "/nonexistent/ffmpeg")))
        {
            id = await FailAsync(other, Pieces());
            var kept = await other.Jobs.KeepTakeAsync(id, CancellationToken.None);
            Assert.Equal("encoder", kept.Failure!.Reason);
            Assert.NotNull((await other.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake);
            Assert.Empty(other.FilesIn("audio"));
        }

        await using var mended = await EngineHost.StartAsync(folder.Path);
        Assert.NotNull((await mended.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
        SqliteConnection.ClearAllPools();
    }

    private static GeneratorOutput[] Pieces() => [.. _tone!.Chunk(10_000).Select(piece => new GeneratorOutput.Encoded(piece))];

    private static async Task<RenderId> FailAsync(EngineHost host, IReadOnlyList<GeneratorOutput> outputs)
    {
        var script = new PaidScript(outputs);
        script.End(new GeneratorOutput.Failed(RenderFailure.Server("The connection broke.", "interrupted")));
        host.Generator.IsLocal = false;
        host.Generator.OnGenerate = script.Play;
        var id = await host.StartAsync(Plans.Short);
        Assert.IsType<ErrorEvent>((await host.LogAsync(id))[^1]);
        return id;
    }

    private static void NothingIsLeft(EngineHost host, RenderId id) =>
        Assert.DoesNotContain(host.FilesIn("partial"), file => file.StartsWith(id.Value, StringComparison.Ordinal));
}
