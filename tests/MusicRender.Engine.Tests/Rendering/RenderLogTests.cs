using CsCheck;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

public sealed class RenderLogTests
{
    [Fact]
    public void Readers_FromAnywhereAtAnyTime_HearTheSame() => Gen.Select(Gen.Int[0, 60], Gen.Int[-3, 70].Array[1, 8]).Sample(
        (count, starts) =>
        {
            var log = new RenderLog();
            var early = starts.Select(after => log.ReadAsync(after, CancellationToken.None).ToListAsync().AsTask()).ToList();
            for (var sequence = 1; sequence <= count; sequence++)
            {
                log.Append(Progress(sequence));
            }

            log.Append(Progress(count + 1), End(count + 2));
            var late = starts.Select(after => log.ReadAsync(after, CancellationToken.None).ToListAsync().AsTask()).ToList();
            var all = log.Snapshot();
            for (var i = 0; i < starts.Length; i++)
            {
                var expected = all.Where(entry => entry.Sequence > starts[i]).DefaultIfEmpty(all[^1]).ToList();
                Assert.Equal(expected, early[i].WaitAsync(Until.Limit).GetAwaiter().GetResult());
                Assert.Equal(expected, late[i].WaitAsync(Until.Limit).GetAwaiter().GetResult());
            }
        },
        iter: 300, threads: 1);

    [Fact]
    public void Append_WithAGap_IsABug()
    {
        var log = new RenderLog();
        log.Append(Progress(1));
        Assert.Throws<InvalidOperationException>(() => log.Append(Progress(1)));
        Assert.Throws<InvalidOperationException>(() => log.Append(Progress(3)));
    }

    [Fact]
    public void Append_AfterTheEnd_IsABug()
    {
        var log = new RenderLog();
        log.Append(End(1));
        Assert.Throws<InvalidOperationException>(() => log.Append(Progress(2)));
    }

    [Fact]
    public async Task Reader_WhoseTokenIsCancelled_StopsWaiting()
    {
        using var source = new CancellationTokenSource();
        var reader = new RenderLog().ReadAsync(0, source.Token).ToListAsync(CancellationToken.None).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.WaitAsync(Until.Limit));
    }

    private static ProgressEvent Progress(long sequence) =>
        new() { Sequence = sequence, Timestamp = DateTimeOffset.UnixEpoch, Stage = RenderStage.Generating, Percent = 15, Message = $"event {sequence}" };

    private static ErrorEvent End(long sequence) =>
        new() { Sequence = sequence, Timestamp = DateTimeOffset.UnixEpoch, Failure = RenderFailure.Server("over", "over") };
}
