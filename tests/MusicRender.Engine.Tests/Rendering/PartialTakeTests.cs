using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>A paid render that does not come to its end: what arrived stays, and the failure says what it may cost.</summary>
public sealed class PartialTakeTests(EngineHost engine) : IClassFixture<EngineHost>, IDisposable
{
    // 38 frames are 992 ms.
    private static readonly byte[] Second = Mp3.Frames(38);
    private static readonly GeneratorOutput Broken = new GeneratorOutput.Failed(RenderFailure.Server("The connection broke.", "interrupted"));

    public void Dispose() => engine.Generator.Reset();

    [Fact]
    public async Task Generator_ThatFailsAfterAudio_LeavesWhatArrived()
    {
        var (id, failure, status) = await EndAsync(new PaidScript([.. PaidScript.Facts, Encoded(Second), Encoded(Second)]), script => script.End(Broken));
        Assert.Equal((RenderState.Failed, "The connection broke.", "interrupted"), (status.State, failure.Message, failure.Reason));
        Assert.Equal(new PartialTake(76 * 1_152 * 1_000 / 44_100, 2 * Second.Length), PartialTake.Of(failure));
        Assert.Equal(PartialTake.Of(failure), status.PartialTake);
        Assert.False(failure.Details!.Value.TryGetProperty("may_be_billed", out _));
        Assert.Null(status.Result);
        Assert.Null(await engine.Service<ITrackLibrary>().FindAsync(id.Value, CancellationToken.None));
        Assert.Equal([$"{id}.json", $"{id}.mp3"], engine.FilesIn("partial").Where(file => file.StartsWith(id.Value, StringComparison.Ordinal)).Order());
        Assert.Equal(2 * Second.Length, await HeardAsync(id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(625)]
    public async Task Take_ThatBreaksOffInAFrame_EndsWithTheLastWholeOne(int more)
    {
        var (id, failure, status) = await EndAsync(new PaidScript(Encoded(Second), Encoded(Second[..more])), script => script.End(Broken));
        Assert.Equal(new PartialTake(992, Second.Length), status.PartialTake);
        Assert.Equal(PartialTake.Of(failure), status.PartialTake);
        await using (var left = (await engine.Service<AudioStore>().TryOpenLeftAsync(id.Value, CancellationToken.None))!)
        {
            var bytes = new byte[left.Length];
            await left.ReadExactlyAsync(bytes);
            Assert.Equal(Second, bytes[^Second.Length..]);
        }

        var track = (await engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        var file = await File.ReadAllBytesAsync(Path.Combine(engine.Root, track.FilePath), TestContext.Current.CancellationToken);
        Assert.Equal(992, track.DurationMs);
        Assert.Equal(Second, file[^Second.Length..]);
        Assert.NotEqual(Second[^Mp3.FrameBytes..], file[^(Second.Length + Mp3.FrameBytes)..^Second.Length]);
    }

    [Fact]
    public async Task Listener_OfATakeThatBreaksOffInAFrame_EndsWithIt()
    {
        var script = new PaidScript(Encoded(Second), Encoded(Second[..300]));
        var id = await StartAsync(script);
        await script.Waiting;
        Assert.True(engine.Service<AudioStore>().TryGetPartial(id.Value, out var partial));
        var listening = Hearing.AllAsync(partial);
        script.End(Broken);
        await EndOfAsync(id);
        var heard = await listening.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        Assert.InRange(heard.Length, Second.Length, Second.Length + 300);
    }

    [Fact]
    public async Task Audio_ThatComesWhileTheRenderIsCancelled_IsKept()
    {
        // The generator gives what it has in hand although it was told to stop: it may be paid for.
        var (begun, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = (_, ct) => LateAsync(begun, mayEnd.Task, ct);
        var id = await engine.StartAsync(Plans.Short);
        await begun.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        mayEnd.SetResult();
        var (_, status) = await EndOfAsync(id);
        Assert.Equal((RenderState.Cancelled, new PartialTake(76 * 1_152 * 1_000 / 44_100, 2 * Second.Length)), (status.State, status.PartialTake));
    }

    [Fact]
    public async Task Slot_IsGivenBackWhenTheTakeCannotBeClearedAway()
    {
        engine.Generator.Capacity = 1;
        var partial = Path.Combine(engine.Root, "partial");
        engine.Generator.OnGenerate = (_, _) => VanishingAsync(partial);
        var id = await engine.StartAsync(Plans.Short);
        Assert.IsType<ErrorEvent>((await engine.LogAsync(id))[^1]);
        engine.Generator.OnGenerate = (_, _) => ScriptedGenerator.Tone(3_000);
        // The only slot is free again.
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
    }

    [Fact]
    public async Task Generator_ThatThrowsAfterAudio_LeavesWhatArrivedAndMayCost()
    {
        var (_, failure, status) = await EndAsync(new PaidScript(Encoded(Second)), script => script.Throw(new InvalidOperationException("secret")));
        Assert.Equal((RenderState.Failed, "internal"), (status.State, failure.Reason));
        Assert.Equal(992, status.PartialTake!.DurationMs);
        Assert.True(MayBeBilled(failure));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_AfterAudio_LeavesWhatArrivedAndSaysWhatItMayCost()
    {
        var script = new PaidScript(Encoded(Second));
        var id = await StartAsync(script);
        await script.Waiting;
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        var (failure, status) = await EndOfAsync(id);
        Assert.Equal((RenderState.Cancelled, "cancelled"), (status.State, failure.Reason));
        Assert.True(MayBeBilled(failure));
        Assert.Contains("Scripted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("may still be billed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("What arrived (1 s)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(992, status.PartialTake!.DurationMs);
    }

    [Fact]
    public async Task UnkeptTakes_AreThoseThatEndedAndNobodyHasKept_NewestFirst()
    {
        var (kept, _, _) = await EndAsync(new PaidScript(Encoded(Second)), script => script.End(Broken));
        var (older, _, _) = await EndAsync(new PaidScript(Encoded(Second)), script => script.End(Broken));
        var (newer, _, _) = await EndAsync(new PaidScript(Encoded(Second)), script => script.End(Broken));
        var (silent, _, _) = await EndAsync(new PaidScript(), script => script.End(Broken));
        var script = new PaidScript(Encoded(Second));
        var running = await StartAsync(script);
        await script.Waiting;
        Assert.NotNull((await engine.Jobs.KeepTakeAsync(kept, CancellationToken.None)).Track);

        var takes = await engine.Jobs.UnkeptTakesAsync(CancellationToken.None);

        RenderId[] mine = [kept, older, newer, silent, running];
        Assert.Equal([newer, older], takes.Select(take => take.Id).Where(mine.Contains));
        Assert.All(takes, take => Assert.NotNull(take.PartialTake));
        script.End(Broken);
        await EndOfAsync(running);
    }

    [Fact]
    public async Task Cancel_BeforeAudio_SaysWhatItMayCostAndLeavesNothing()
    {
        var script = new PaidScript(new GeneratorOutput.Progress(0, 0, "thinking"));
        var id = await StartAsync(script);
        await script.Waiting;
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        var (failure, status) = await EndOfAsync(id);
        Assert.True(MayBeBilled(failure));
        Assert.DoesNotContain("What arrived", failure.Message, StringComparison.Ordinal);
        Assert.Null(status.PartialTake);
        await NothingIsLeftAsync(id);
    }

    [Fact]
    public async Task Cancel_WhileWaitingForASlot_CostsNothing()
    {
        engine.Generator.Capacity = 1;
        var holder = new PaidScript();
        var holding = await StartAsync(holder);
        await holder.Waiting;
        var id = await StartAsync(new PaidScript());
        await Until.TrueAsync(async () => (await engine.Jobs.FindAsync(id, CancellationToken.None))!.Progress?.QueuePosition == 1, "it waits");
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        var (failure, status) = await EndOfAsync(id);
        Assert.Equal((RenderState.Cancelled, "The render was cancelled."), (status.State, failure.Message));
        Assert.False(failure.Details!.Value.TryGetProperty("may_be_billed", out _));
        await NothingIsLeftAsync(id);
        holder.End(Broken);
        await EndOfAsync(holding);
    }

    [Fact]
    public async Task Failure_BeforeAudio_HasNoTake()
    {
        var (id, failure, status) = await EndAsync(new PaidScript(PaidScript.Facts), script => script.End(Broken));
        Assert.Null(PartialTake.Of(failure));
        Assert.Null(status.PartialTake);
        await NothingIsLeftAsync(id);
    }

    [Fact]
    public async Task Failure_AfterWhatIsNoMp3_HasNoTake()
    {
        var (id, failure, _) = await EndAsync(new PaidScript(Encoded(new byte[50_000])), script => script.End(Broken));
        Assert.Null(PartialTake.Of(failure));
        await NothingIsLeftAsync(id);
    }

    [Fact]
    public async Task LocalGenerator_ThatFailsAfterAudio_LeavesNothing()
    {
        engine.Generator.IsLocal = true;
        var script = new PaidScript(Encoded(Second));
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;
        Assert.Equal([$"{id}-free-1.mp3"], engine.FilesIn("partial").Where(file => file.StartsWith(id.Value, StringComparison.Ordinal)));
        script.End(Broken);
        var (failure, status) = await EndOfAsync(id);
        Assert.Equal(["reason"], failure.Details!.Value.EnumerateObject().Select(field => field.Name));
        Assert.Null(status.PartialTake);
        await NothingIsLeftAsync(id);
    }

    [Fact]
    public async Task Sound_ThatWasEncodedHere_IsLeftToo()
    {
        // A paid generator that gives PCM: the encoder is let to its end.
        var (id, failure, _) = await EndAsync(new PaidScript(new GeneratorOutput.Pcm(ScriptedGenerator.Second), new GeneratorOutput.Pcm(ScriptedGenerator.Second)), script => script.End(Broken));
        Assert.InRange(PartialTake.Of(failure)!.DurationMs, 2_000, 2_100);
        Assert.True(engine.FilesIn("partial").Contains($"{id}.mp3"));
    }

    [Fact]
    public async Task Take_IsThereBeforeTheGeneratorIsAsked_AndItsNotesHoldWhatArrivedBeforeAWait()
    {
        var atStart = new List<string>();
        var script = new PaidScript([.. PaidScript.Facts, Encoded(Second), new GeneratorOutput.Part(0), Encoded(Second)]);
        engine.Generator.OnGenerate = (request, ct) =>
        {
            atStart.AddRange(engine.FilesIn("partial").Where(file => file.EndsWith(".mp3", StringComparison.Ordinal)));
            return script.Play(request, ct);
        };
        engine.Generator.IsLocal = false;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;
        Assert.Contains($"{id}.mp3", atStart);
        var takes = engine.Service<PartialTakes>();
        await Until.TrueAsync(() => takes.Find(id)?.SongId is not null, "the notes are written");
        var notes = takes.Find(id)!;
        Assert.Equal(("song-7", "Of the upstream", "late"), (notes.SongId, notes.Made!.Title, notes.Words![2].Word));
        Assert.Equal(PlanJson.ToCompactText(PaidScript.Plan), PlanJson.ToCompactText(notes.UpstreamPlan!));
        Assert.Equal([new TakePart(0, Second.Length)], notes.Parts);
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), PlanJson.ToCompactText(notes.Composition));
        script.End();
        Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]);
        await NothingIsLeftAsync(id);
    }

    [Fact]
    public async Task Parts_ThatComeInAnotherOrder_AreLeftInTheirOrder()
    {
        GeneratorOutput[] outputs = [Encoded(Mp3.Frames(10, 2)), new GeneratorOutput.Part(2), Encoded(Mp3.Frames(10, 0)), new GeneratorOutput.Part(0), Encoded(Mp3.Frames(10, 1)), new GeneratorOutput.Part(1), Encoded(Mp3.Frames(5, 3))];
        var (id, failure, _) = await EndAsync(new PaidScript(outputs), script => script.End(Broken));
        Assert.Equal(35 * 1_152 * 1_000 / 44_100, PartialTake.Of(failure)!.DurationMs);
        await using var left = (await engine.Service<AudioStore>().TryOpenLeftAsync(id.Value, CancellationToken.None))!;
        var bytes = new byte[left.Length];
        await left.ReadExactlyAsync(bytes);
        Assert.Equal([.. Mp3.Frames(10, 0), .. Mp3.Frames(10, 1), .. Mp3.Frames(10, 2), .. Mp3.Frames(5, 3)], bytes[^(35 * Mp3.FrameBytes)..]);
        Assert.Equal([$"{id}-ordered.mp3", $"{id}.json"], engine.FilesIn("partial").Where(file => file.StartsWith(id.Value, StringComparison.Ordinal)).Order());
    }

    private static GeneratorOutput.Encoded Encoded(byte[] bytes) => new(bytes);

    private static async IAsyncEnumerable<GeneratorOutput> LateAsync(TaskCompletionSource begun, Task mayEnd, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return Encoded(Second);
        begun.SetResult();
        await mayEnd;
        yield return Encoded(Second);
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Somebody takes the folder away while the render goes on.</summary>
    private static async IAsyncEnumerable<GeneratorOutput> VanishingAsync(string folder)
    {
        yield return Encoded(Second);
        await Task.Yield();
        Directory.Delete(folder, recursive: true);
        yield return Broken;
    }

    private async Task<RenderId> StartAsync(PaidScript script)
    {
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = script.Play;
        return await engine.StartAsync(Plans.Short);
    }

    private async Task<(RenderId Id, RenderFailure Failure, RenderStatus Status)> EndAsync(PaidScript script, Action<PaidScript> end)
    {
        var id = await StartAsync(script);
        await script.Waiting;
        end(script);
        var (failure, status) = await EndOfAsync(id);
        return (id, failure, status);
    }

    private async Task<(RenderFailure Failure, RenderStatus Status)> EndOfAsync(RenderId id)
    {
        var failure = Assert.IsType<ErrorEvent>((await engine.LogAsync(id))[^1]).Failure;
        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal(JsonSerializer.Serialize(failure), JsonSerializer.Serialize(status.Failure));
        return (failure, status);
    }

    /// <summary>Bytes of MP3 that ffmpeg finds in what was left.</summary>
    private async Task<int> HeardAsync(RenderId id) =>
        (await Processes.RunAsync("ffmpeg", "-v", "error", "-i", Path.Combine(engine.Root, "partial", $"{id}.mp3"), "-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-c", "copy", "-f", "mp3", "-")).Length;

    private Task NothingIsLeftAsync(RenderId id) =>
        Until.TrueAsync(() => !engine.FilesIn("partial").Any(file => file.StartsWith(id.Value, StringComparison.Ordinal)), "nothing of it is left");

    private static bool MayBeBilled(RenderFailure failure) => failure.Details!.Value.GetProperty("may_be_billed").GetBoolean();
}
