using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class RenderWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeRenderJobs _jobs = new();
    private readonly ConcurrentQueue<RenderView> _shown = new();

    private RenderWatch Watch() =>
        new(FakeRenderJobs.Id, _jobs, _time, NullLogger<RenderWatch>.Instance, _shown.Enqueue);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Watch_Result_EndsWithIt()
    {
        await using var watch = Watch();
        _jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(1, RenderStage.Validating, 5));
        _jobs.Live.Writer.TryWrite(FakeRenderJobs.Result(2));
        _jobs.Live.Writer.Complete();

        await UntilAsync(() => watch.View.HasEnded && _shown.Any(view => view.HasEnded));

        Assert.Equal(RenderState.Succeeded, watch.View.State);
        Assert.Equal(100, watch.View.Percent);
        Assert.Equal("song_89abcdef.mp3", watch.View.Result!.FileName);
    }

    [Fact]
    public async Task Watch_BurstOfProgress_ShowsTheFirstAtOnceAndTheLastAfterTheInterval()
    {
        await using var watch = Watch();
        for (var at = 1; at <= 50; at++)
        {
            _jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(at, RenderStage.Generating, at));
        }

        await UntilAsync(() => watch.View.Sequence == 50);
        await UntilAsync(() => !_shown.IsEmpty);
        Assert.Single(_shown);

        _time.Advance(RenderWatch.UpdateInterval);

        await UntilAsync(() => _shown.Count == 2);
        Assert.Equal(50, _shown.Last().Percent);
        _time.Advance(RenderWatch.UpdateInterval);
        Assert.Equal(2, _shown.Count);
    }

    [Fact]
    public async Task Watch_ThatBreaks_IsTakenUpAfterTheLastEvent()
    {
        _jobs.OnWatch = (number, ct) => number == 1 ? Breaks(ct) : _jobs.Live.Reader.ReadAllAsync(ct);
        await using var watch = Watch();
        await UntilAsync(() => watch.View.Sequence == 2 && _jobs.Watchers == 0);

        await UntilAsync(() =>
        {
            _time.Advance(RenderWatch.RetryAfter);
            return _jobs.Watches.Count == 2;
        });
        _jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(3, RenderStage.Saving, 85));
        await UntilAsync(() => watch.View.Percent == 85);

        Assert.Equal([0, 2], _jobs.Watches);
    }

    [Fact]
    public async Task Watch_UnknownRender_SaysSoAndEnds()
    {
        _jobs.Live.Writer.Complete();

        await using var watch = Watch();
        await UntilAsync(() => watch.View.HasEnded && !_shown.IsEmpty);

        Assert.True(watch.View.IsUnknown);
    }

    [Fact]
    public async Task Watch_LogWithoutAnEnd_AsksTheAuthority()
    {
        _jobs.Live.Writer.Complete();
        _jobs.OnFind = () => new RenderStatus
        {
            Id = FakeRenderJobs.Id,
            State = RenderState.Failed,
            Sequence = 4,
            Generator = "sketch",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Failure = FakeRenderJobs.Error(4, "The disk is full.", "disk_full").Failure,
        };

        await using var watch = Watch();
        await UntilAsync(() => watch.View.HasEnded);

        Assert.Equal(RenderState.Failed, watch.View.State);
        Assert.Equal("The disk is full.", watch.View.Message);
    }

    [Fact]
    public async Task Dispose_WhileWatching_EndsTheSubscription()
    {
        var watch = Watch();
        await UntilAsync(() => _jobs.Watchers == 1);

        await watch.DisposeAsync();

        Assert.Equal(0, _jobs.Watchers);
    }

    [Fact]
    public void View_EventSeenBefore_ChangesNothing()
    {
        var view = new RenderView().After(FakeRenderJobs.Progress(2, RenderStage.Generating, 40));

        Assert.Same(view, view.After(FakeRenderJobs.Progress(1, RenderStage.Validating, 5)));
    }

    [Fact]
    public void View_Cancelled_IsNotAFailure()
    {
        Assert.Equal(RenderState.Cancelled, new RenderView().After(FakeRenderJobs.Error(1, "Cancelled.", "cancelled")).State);
        Assert.Equal(RenderState.Failed, new RenderView().After(FakeRenderJobs.Error(1, "Broken.", "upstream")).State);
    }

    private static async IAsyncEnumerable<RenderEvent> Breaks([EnumeratorCancellation] CancellationToken ct = default)
    {
        yield return FakeRenderJobs.Progress(1, RenderStage.Validating, 5);
        yield return FakeRenderJobs.Progress(2, RenderStage.Validated, 10);
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        throw new TimeoutException("The silo did not answer.");
    }

    [Fact]
    public async Task Watch_Failed_AsksWhetherTheTakeIsStillThere()
    {
        var failure = FakeRenderJobs.Failure("The connection broke.", """{"reason":"interrupted","partial_take":{"duration_ms":41000,"file_size_bytes":1}}""");
        _jobs.OnFind = () => FakeRenderJobs.Ended(failure, take: null);
        await using var watch = Watch();
        _jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(1, failure));
        _jobs.Live.Writer.Complete();

        await UntilAsync(() => _shown.Any(view => view.HasEnded));

        Assert.Null(_shown.Last().Take);
        Assert.Equal("The connection broke.", _shown.Last().Message);
    }

    [Fact]
    public async Task Watch_FailedAndNobodyToAsk_TrustsTheLog()
    {
        _jobs.OnFind = () => throw new IOException("database is locked");
        await using var watch = Watch();
        _jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(1, FakeRenderJobs.Failure("The connection broke.", """{"partial_take":{"duration_ms":41000,"file_size_bytes":1}}""")));
        _jobs.Live.Writer.Complete();

        await UntilAsync(() => _shown.Any(view => view.HasEnded));

        Assert.Equal(41_000, _shown.Last().Take!.DurationMs);
    }
}
