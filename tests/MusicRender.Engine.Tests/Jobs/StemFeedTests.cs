using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public sealed class StemFeedTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StemFeed _feed;

    public StemFeedTests() => _feed = new StemFeed(new StemStatus { TrackId = "t", Set = StemSet.Two, State = RenderState.Running, Percent = 0, Message = "Starting" }, _time);

    [Fact]
    public async Task Reader_OfABurst_GetsTheFirstAndAfterTheIntervalTheNewest()
    {
        await using var reader = _feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        for (var percent = 1; percent <= 50; percent++)
        {
            _feed.Tell(percent, $"{percent}");
        }

        var next = reader.MoveNextAsync();
        Assert.False(next.IsCompleted);
        _time.Advance(StemFeed.Interval);

        Assert.True(await next);
        Assert.Equal((50, "50"), (reader.Current.Percent, reader.Current.Message));
    }

    [Fact]
    public async Task Reader_InTheInterval_GetsTheEndAtOnce()
    {
        await using var reader = _feed.ReadAsync(CancellationToken.None).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reader.MoveNextAsync());
        var next = reader.MoveNextAsync();
        _feed.Tell(10, "On the way");

        _feed.Set(_feed.Last.Succeeded([]));

        Assert.True(await next);
        Assert.Equal(RenderState.Succeeded, reader.Current.State);
        Assert.False(await reader.MoveNextAsync());
    }

    [Fact]
    public void Percent_NeverFalls()
    {
        _feed.Tell(40, "Sending");
        _feed.Tell(0, "Waiting");

        Assert.Equal((40, "Waiting"), (_feed.Last.Percent, _feed.Last.Message));
    }
}
