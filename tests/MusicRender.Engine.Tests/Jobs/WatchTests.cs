using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public abstract class WatchTests(EngineHost engine) : IDisposable
{
    public void Dispose()
    {
        engine.Generator.Reset();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Watchers_FiftyFromDifferentPoints_SeeTheSameEvents()
    {
        var gate = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, _) => Gated(gate.Task);
        var id = await engine.StartAsync(Plans.Short);
        var watchers = Enumerable.Range(0, 50).Select(number => (After: (long)(number % 12), Log: engine.LogAsync(id, number % 12))).ToList();
        gate.SetResult();
        var all = await engine.LogAsync(id);
        Assert.True(all.Count > 6);
        foreach (var (after, log) in watchers)
        {
            Assert.Equal(Shown(all.Where(entry => entry.Sequence > after).DefaultIfEmpty(all[^1])), Shown(await log));
        }

        // And those who come when all is over.
        Assert.Equal(Shown(all), Shown(await engine.LogAsync(id)));
        Assert.Equal(Shown(all.Skip(3)), Shown(await engine.LogAsync(id, 3)));
        Assert.Equal(Shown([all[^1]]), Shown(await engine.LogAsync(id, 1_000)));
    }

    [Fact]
    public async Task Watcher_ThatGoesAway_DoesNotStopTheRender()
    {
        var gate = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, _) => Gated(gate.Task);
        var id = await engine.StartAsync(Plans.Short);
        using var source = new CancellationTokenSource();
        var watcher = engine.Jobs.WatchAsync(id, 1_000, source.Token).ToListAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher);
        gate.SetResult();
        Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]);
    }

    [Fact]
    public async Task UnknownId_HasNoEventsAndNoStatus()
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        Assert.Empty(await engine.LogAsync(id));
        Assert.Null(await engine.Jobs.FindAsync(id, CancellationToken.None));
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        Assert.Null(await engine.Jobs.FindAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task Cancel_WhileGenerating_EndsItAndLeavesNothing()
    {
        var isGenerating = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, ct) => Endless(isGenerating, ct);
        var id = await engine.StartAsync(Plans.Short);
        await isGenerating.Task.WaitAsync(Until.Limit);
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        await IsCancelledAsync(id);
    }

    [Fact]
    public async Task Cancel_WhileTheGeneratorIsDeaf_StillEndsIt()
    {
        var isGenerating = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, _) => Endless(isGenerating, CancellationToken.None);
        var id = await engine.StartAsync(Plans.Short);
        await isGenerating.Task.WaitAsync(Until.Limit);
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        await IsCancelledAsync(id);
    }

    [Fact]
    public async Task Cancel_AfterTheEnd_ChangesNothing()
    {
        var id = await engine.StartAsync(Plans.Short);
        var log = await engine.LogAsync(id);
        await engine.Jobs.CancelAsync(id, CancellationToken.None);
        Assert.Equal(Shown(log), Shown(await engine.LogAsync(id)));
        Assert.Equal(RenderState.Succeeded, (await engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Listener_OfTheLiveAudio_HearsWhatIsInTheFile()
    {
        var gate = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, _) => Gated(gate.Task);
        var id = await engine.StartAsync(Plans.Short);
        PartialAudio? partial = null;
        await Until.TrueAsync(() => engine.Service<AudioStore>().TryGetPartial(id.Value, out partial), "there is audio to listen to");
        var listening = Hearing.AllAsync(partial!);
        gate.SetResult();
        var result = Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]).Result;
        var heard = await listening.WaitAsync(Until.Limit);
        var file = await File.ReadAllBytesAsync(Path.Combine(engine.Root, result.FilePath));
        Assert.Equal(heard, file[^heard.Length..]);
        Assert.InRange(heard.Length, 70_000, 80_000);
    }

    private async Task IsCancelledAsync(RenderId id)
    {
        var failure = Assert.IsType<ErrorEvent>((await engine.LogAsync(id))[^1]).Failure;
        Assert.Equal((FailureCode.ServerError, "cancelled"), (failure.Code, failure.Details!.Value.GetProperty("reason").GetString()));
        Assert.Equal(RenderState.Cancelled, (await engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
        Assert.Empty(engine.FilesIn("partial"));
        Assert.Empty(Processes.Children(engine.Encoder));
        Assert.DoesNotContain(engine.FilesIn("audio"), file => file.Contains(id.Short, StringComparison.Ordinal));
        Assert.Null(await engine.Service<ITrackLibrary>().FindAsync(id.Value, CancellationToken.None));
    }

    /// <summary>Events as what they say: records hold lists, which compare by reference.</summary>
    private static IEnumerable<string> Shown(IEnumerable<RenderEvent> events) => events.Select(entry => entry switch
    {
        ProgressEvent progress => progress.ToString(),
        ResultEvent result => $"{result.Sequence} {result.Timestamp:O} {result.Result.FileName} {result.Result.FileSizeBytes}",
        ErrorEvent error => $"{error.Sequence} {error.Timestamp:O} {error.Failure.Message}",
        _ => throw new InvalidOperationException("A new kind of event."),
    });

    private static async IAsyncEnumerable<GeneratorOutput> Gated(Task gate)
    {
        await gate;
        await foreach (var output in ScriptedGenerator.Tone(3_000))
        {
            yield return output;
        }
    }

    private static async IAsyncEnumerable<GeneratorOutput> Endless(TaskCompletionSource isGenerating, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            isGenerating.TrySetResult();
        }
    }
}

public sealed class WatchOnSqliteTests(EngineHost engine) : WatchTests(engine), IClassFixture<EngineHost>;

public sealed class WatchOnPostgresTests(PostgresEngine engine) : WatchTests(engine), IClassFixture<PostgresEngine>;
