using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public sealed class ClockTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(-100)]
    public async Task Clock_ThatIsSet_StopsNoRender(int hours)
    {
        var clock = new WallClock();
        await using var engine = new EngineHost(_folder.Path) { Time = clock };
        await engine.InitializeAsync();
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
        clock.Offset = TimeSpan.FromHours(hours);
        // Before Orleans has looked at the time, and after.
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
    }

    /// <summary>A clock that somebody sets; whatever only goes forward stays true.</summary>
    private sealed class WallClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
