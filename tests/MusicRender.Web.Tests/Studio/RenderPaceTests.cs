using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class RenderPaceTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    /// <summary>A render that has told these percentages, each a second after the one before.</summary>
    private static RenderView Told(params int[] percents) => percents.Index().Aggregate(
        new RenderView(),
        (view, told) => view.After(FakeRenderJobs.Progress(told.Index + 1, RenderStage.Generating, told.Item) with { Timestamp = Start.AddSeconds(told.Index) }));

    [Fact]
    public void TimeLeft_OfASteadyRender_IsWhatItStillTakes()
    {
        // Five percents a second from 20 on: 70 is reached eight seconds after 30.
        var left = Told(15, 20, 25, 30).TimeLeft(Start.AddSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(8 + 2), left);
    }

    [Fact]
    public void TimeLeft_WhileNothingNewComes_RunsDownToASecond()
    {
        var view = Told(15, 20, 25, 30);

        Assert.Equal(TimeSpan.FromSeconds(6), view.TimeLeft(Start.AddSeconds(7)));
        Assert.Equal(TimeSpan.FromSeconds(1), view.TimeLeft(Start.AddSeconds(60)));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(15, 20)]
    [InlineData(15, 20, 21)]
    [InlineData(15, 16, 17, 18)]
    public void TimeLeft_BeforeThereIsAPace_IsNotKnown(params int[] percents) =>
        Assert.Null(Told(percents).TimeLeft(Start.AddSeconds(percents.Length - 1)));

    [Fact]
    public void TimeLeft_OutsideOfTheGenerating_IsNotKnown()
    {
        var view = Told(15, 20, 25, 30).After(FakeRenderJobs.Progress(5, RenderStage.Saving, 85) with { Timestamp = Start.AddSeconds(4) });

        Assert.Null(view.TimeLeft(Start.AddSeconds(4)));
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(7.1, 8)]
    [InlineData(31, 35)]
    [InlineData(61, 70)]
    public void Rounded_TellsNoMoreThanIsKnown(double seconds, double told) =>
        Assert.Equal(TimeSpan.FromSeconds(told), RenderPace.Rounded(TimeSpan.FromSeconds(seconds)));
}
