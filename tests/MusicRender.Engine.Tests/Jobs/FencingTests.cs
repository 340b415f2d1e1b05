using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>No render is run by two nodes at once. The other node is somebody who writes to the same catalogue.</summary>
public sealed class FencingTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly FakeLease _lease = new();
    private readonly Channel<GeneratorOutput> _outputs = Channel.CreateUnbounded<GeneratorOutput>();
    private EngineHost _engine = null!;
    private int _taken;
    private int _asked;

    private RenderRecords Records => _engine.Service<RenderRecords>();

    public async ValueTask InitializeAsync()
    {
        _engine = new EngineHost(_folder.Path) { Lease = _lease };
        _engine.Generator.OnGenerate = PlayAsync;
        await _engine.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Render_OfANodeThatWasPausedAndTakenOver_IsLeftToTheOther()
    {
        var id = await StartAsync();
        _lease.Lapse();
        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        Give(ScriptedGenerator.Second);
        await _lease.Awaited.Task.WaitAsync(Until.Limit);
        _lease.Regain();
        await Until.TrueAsync(() => _engine.FilesIn("partial").Length == 0, "its file is gone");

        // What the other one tells is what is told here.
        var told = await Records.EventsAsync(id, 0, CancellationToken.None);
        Assert.True(await Records.AppendAsync(id, 2, [TextOf(told.Count + 1, RenderStage.Processing)], null));
        var log = _engine.LogAsync(id);
        var end = new ErrorEvent { Sequence = told.Count + 2, Timestamp = DateTimeOffset.UtcNow, Failure = RenderFailure.Server("The other's end.", "other") };
        var whole = (await Records.EventsAsync(id, 0, CancellationToken.None)).Append(end).ToList();
        Assert.True(await Records.FinishAsync(id, 2, new RenderOutcome(RenderState.Failed, [], null, []), JsonSerializer.Serialize<IReadOnlyList<RenderEvent>>(whole, RenderingJson.Documents.IReadOnlyListRenderEvent), null));
        Assert.Equal("The other's end.", Assert.IsType<ErrorEvent>((await log)[^1]).Failure.Message);
        Assert.Equal(RenderState.Failed, (await _engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
        Assert.Empty(_engine.FilesIn("audio"));
        Assert.Empty(await _engine.ReadAsync(catalogue => catalogue.Tracks.ToListAsync()));
    }

    [Fact]
    public async Task Node_ThatWasPausedAndStillHasItsRender_GoesOn()
    {
        var id = await StartAsync();
        _lease.Lapse();
        Give(ScriptedGenerator.Second);
        Give(ScriptedGenerator.Second);
        await _lease.Awaited.Task.WaitAsync(Until.Limit);
        // Nothing is taken up while it is not known whose the render is.
        Assert.Equal(2, _taken);
        _lease.Regain();
        _outputs.Writer.Complete();
        var log = await _engine.LogAsync(id);
        Assert.Equal(3_000, Assert.IsType<ResultEvent>(log[^1]).Result.DurationMs);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(number => (long)number), log.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Write_OfAnEarlierEpoch_ChangesNothing()
    {
        var id = await StartAsync();
        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        Assert.False(await Records.TakeUpAsync(id, 1, "third"));
        var before = await Records.EventsAsync(id, 0, CancellationToken.None);
        Assert.False(await Records.AppendAsync(id, 1, [TextOf(before.Count + 1, RenderStage.Processing)], null));
        Assert.False(await Records.AppendAsync(id, 1, [], DateTimeOffset.UtcNow));
        Assert.False(await Records.FinishAsync(id, 1, new RenderOutcome(RenderState.Failed, [], null, []), "[]", null));
        await Records.LetGoAsync(id, 1, null);
        var row = await _engine.ReadAsync(catalogue => catalogue.Renders.SingleAsync(render => render.Id == id.Value));
        Assert.Equal((2, "other", null), (row.Epoch, row.Node, row.Events));
        Assert.Equal(before.Count, (await Records.EventsAsync(id, 0, CancellationToken.None)).Count);

        // The run that does not know it yet finds out at its next word, and nothing of it remains.
        _outputs.Writer.Complete();
        await Until.TrueAsync(() => _engine.FilesIn("partial").Length == 0, "its file is gone");
        Assert.Null(await _engine.Service<ITrackLibrary>().FindAsync(id.Value, CancellationToken.None));
    }

    [Fact]
    public async Task PaidRender_OfANodeThatWasPausedAndTakenOver_LeavesTheTakeToTheOther()
    {
        _engine.Generator.IsLocal = false;
        var second = Mp3.Frames(38);
        _outputs.Writer.TryWrite(new GeneratorOutput.Encoded(second));
        var id = await _engine.StartAsync(Plans.Short);
        await Until.TrueAsync(() => _taken == 2, "the first second is taken up");
        // What it has said by then is entered: it would find out by that, and not by its lease.
        await Until.TrueAsync(
            async () => (await Records.EventsAsync(id, 0, CancellationToken.None)).Any(entry => entry is ProgressEvent { IsPlayable: true }), "its last word is in the catalogue");
        _lease.Lapse();
        // The other finds that it was asked, and keeps what arrived.
        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        var outcome = await _engine.Service<AbandonedTakes>().EndingOfAsync((await Records.FindAsync(id, CancellationToken.None))!, isCancelled: false, CancellationToken.None);
        Assert.Equal(new PartialTake(992, second.Length), outcome!.Take);
        var log = (await Records.EventsAsync(id, 0, CancellationToken.None)).ToList();
        log.Add(outcome.Events[0] with { Sequence = log.Count + 1 });
        Assert.True(await Records.FinishAsync(id, 2, outcome, JsonSerializer.Serialize<IReadOnlyList<RenderEvent>>(log, RenderingJson.Documents.IReadOnlyListRenderEvent), null));

        // It wakes up, and what it still writes is nobody's.
        _outputs.Writer.TryWrite(new GeneratorOutput.Encoded(second));
        _outputs.Writer.Complete();
        var runs = _engine.Service<MusicRender.Engine.Jobs.RenderRuns>();
        await Until.TrueAsync(() => _lease.Awaited.Task.IsCompleted || !runs.Has(id), "it asks for its lease, or its word is refused");
        _lease.Regain();
        var told = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(("interrupted", 992), (told.Reason, PartialTake.Of(told)!.DurationMs));
        await Until.TrueAsync(() => !runs.Has(id), "the run has ended");
        Assert.Equal(second.Length, (await _engine.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake!.FileSizeBytes);
        var track = (await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.Equal(second, (await File.ReadAllBytesAsync(Path.Combine(_folder.Path, track.FilePath)))[^second.Length..]);
    }

    [Fact]
    public async Task PaidRender_TakenOverBeforeItsGeneratorWasAsked_IsNotAskedForHere()
    {
        _engine.Generator.IsLocal = false;
        _engine.Generator.Capacity = 1;
        var first = await StartAsync(isPaid: true);
        var waiting = await _engine.StartAsync(Plans.Short);
        await Until.TrueAsync(async () => (await _engine.Jobs.FindAsync(waiting, CancellationToken.None))!.Progress!.QueuePosition == 1, "it waits");
        Assert.True(await Records.TakeUpAsync(waiting, 1, "other"));
        _outputs.Writer.Complete();
        await _engine.LogAsync(first);
        await Until.TrueAsync(() => !_engine.Service<MusicRender.Engine.Jobs.RenderRuns>().Has(waiting), "the run has ended");
        Assert.Equal(1, _asked);
        Assert.Equal(RenderState.Queued, (await _engine.Jobs.FindAsync(waiting, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Renders_OfNodes_AreTakenUpOnlyWhenTheirNodeIsGone()
    {
        _outputs.Writer.Complete();
        _lease.Alive("me", "other", "dead");
        var ids = new Dictionary<string, RenderId>();
        foreach (var node in new[] { "other", "dead" })
        {
            ids[node] = RenderId.New(DateTimeOffset.UtcNow);
            await _engine.AcceptAsync(ids[node]);
            await _engine.ReadAsync(catalogue => catalogue.Renders.Where(row => row.Id == ids[node].Value).ExecuteUpdateAsync(row => row.SetProperty(render => render.Node, node)));
        }

        var recovery = Assert.Single(_engine.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<MusicRender.Engine.Jobs.RenderRecovery>());
        Assert.Equal(0, await recovery.TakeUpAsync(CancellationToken.None));
        _lease.Alive(null);
        Assert.Equal(0, await recovery.TakeUpAsync(CancellationToken.None));
        _lease.Alive("me", "other");
        await recovery.TakeUpAsync(CancellationToken.None);
        Assert.IsType<ErrorEvent>((await _engine.LogAsync(ids["dead"]))[^1]);
        Assert.Equal(RenderState.Running, (await _engine.Jobs.FindAsync(ids["other"], CancellationToken.None))!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_OfARenderThatRunsOnAnotherNode_EndsItHere_AndSaysWhatItMayCost(bool isPaidAndAsked)
    {
        _engine.Generator.IsLocal = !isPaidAndAsked;
        _lease.Alive("me", "other", "dead");
        var id = RenderId.New(DateTimeOffset.UtcNow);
        await _engine.AcceptAsync(id);
        Assert.True(!isPaidAndAsked || await Records.AppendAsync(id, 1, [], DateTimeOffset.UtcNow));

        await _engine.Jobs.CancelAsync(id, CancellationToken.None);

        var failure = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(("cancelled", isPaidAndAsked), (failure.Reason, failure.Message.Contains("may still be billed", StringComparison.Ordinal)));
        Assert.Equal(RenderState.Cancelled, (await _engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
        Assert.Equal(nameof(RenderState.Cancelled), await _engine.ReadAsync(catalogue => catalogue.Renders.Where(row => row.Id == id.Value).Select(row => row.State).SingleAsync()));
        // The other one has nothing more to say.
        Assert.False(await Records.AppendAsync(id, 1, [TextOf(3, RenderStage.Generating)], null));
    }

    [Fact]
    public async Task Render_EnteredTwice_IsThereOnce()
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        _lease.Alive("me", "dead");
        await _engine.AcceptAsync(id);
        // The answer to the first write got lost on its way.
        await _engine.AcceptAsync(id);
        Assert.Equal(2, (await Records.EventsAsync(id, 0, CancellationToken.None)).Count);
    }

    /// <summary>Starts a render, and gives it its first second.</summary>
    private async Task<RenderId> StartAsync(bool isPaid = false)
    {
        _outputs.Writer.TryWrite(isPaid ? new GeneratorOutput.Encoded(Mp3.Frames(38)) : new GeneratorOutput.Pcm(ScriptedGenerator.Second));
        var id = await _engine.StartAsync(Plans.Short);
        await Until.TrueAsync(() => _taken == 2, "the first second is taken up");
        return id;
    }

    private static RenderEventText TextOf(long sequence, RenderStage stage) =>
        RenderEventText.Of(new ProgressEvent { Sequence = sequence, Timestamp = DateTimeOffset.UtcNow, Stage = stage, Percent = 70, Message = "of the other" });

    private void Give(float[] second) => _outputs.Writer.TryWrite(new GeneratorOutput.Pcm(second));

    private async IAsyncEnumerable<GeneratorOutput> PlayAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        Interlocked.Increment(ref _asked);
        _taken = 1;
        await foreach (var output in _outputs.Reader.ReadAllAsync(ct))
        {
            yield return output;
            _taken++;
        }
    }
}
