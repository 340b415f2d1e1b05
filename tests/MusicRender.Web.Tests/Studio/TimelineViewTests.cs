using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class TimelineViewTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TimelineView _view;

    public TimelineViewTests() => _view = new TimelineView(_time);

    public void Dispose() => _view.Dispose();

    [Theory]
    [InlineData(10_900, 10_000)]
    [InlineData(11_100, 12_000)]
    [InlineData(100, 4_000)]
    [InlineData(900_000, 120_000)]
    public void Fitted_WithSnap_IsWholeBarsWithinTheLimits(int wantedMs, int expectedMs) => Assert.Equal(expectedMs, _view.Fitted(Samples.Plan, wantedMs));

    [Fact]
    public void Fitted_WithoutSnap_IsHalfSecondsWithinTheLimits()
    {
        _view.Snaps = false;

        Assert.Equal((10_500, 3_000), (_view.Fitted(Samples.Plan, 10_740), _view.Fitted(Samples.Plan, -5)));
    }

    [Theory]
    [InlineData(10_000, 1, 12_000)]
    [InlineData(10_000, -1, 8_000)]
    [InlineData(10_500, 1, 12_000)]
    [InlineData(10_500, -1, 10_000)]
    [InlineData(120_000, 1, 120_000)]
    [InlineData(3_000, -1, 4_000)]
    public void Longer_GoesToTheNextBar(int lengthMs, int steps, int expectedMs) => Assert.Equal(expectedMs, _view.Longer(Samples.Plan, lengthMs, steps));

    [Fact]
    public void Longer_OfBarsThatAreNoWholeMilliseconds_StaysOnThem()
    {
        var plan = Samples.Plan with { PositiveGlobalStyles = ["93 bpm"] };
        var length = 3_000;
        for (var bars = 2; bars <= 46; bars++)
        {
            length = _view.Longer(plan, length, 1);
            Assert.Equal((int)Math.Round(bars * 240_000 / 93.0), length);
        }

        Assert.Equal(length, _view.Longer(plan, length, 1));
    }

    [Fact]
    public void LongerByBeats_GoesToTheNextBeat() => Assert.Equal((10_500, 9_500), (_view.LongerByBeats(Samples.Plan, 10_000, 1), _view.LongerByBeats(Samples.Plan, 10_000, -1)));

    [Fact]
    public void Say_ManyTimesInOneGo_SaysOnlyTheLast()
    {
        var said = new List<string>();
        _view.Said += () => said.Add(_view.Words);
        for (var step = 1; step <= 20; step++)
        {
            _view.Say($"{step} bars");
            _time.Advance(TimelineView.Pause / 2);
        }

        _time.Advance(TimelineView.Pause);
        Assert.Equal(["20 bars"], said);
    }

    [Fact]
    public void Say_TheSameAgain_IsAnotherText()
    {
        _view.Say("Removed.");
        _time.Advance(TimelineView.Pause);
        var first = _view.Words;

        _view.Say("Removed.");
        _time.Advance(TimelineView.Pause);

        Assert.NotEqual(first, _view.Words);
        Assert.Equal(first, _view.Words.TrimEnd('\u200b'));
    }

    [Fact]
    public void Music_FollowsTempoButNotLyrics()
    {
        var before = _view.MusicOf(Samples.Plan);
        var sung = Samples.Plan with { Sections = [Samples.Plan.Sections[0] with { Lines = ["new"] }, .. Samples.Plan.Sections.Skip(1)] };

        Assert.Same(before, _view.MusicOf(sung));
        Assert.Equal(90, _view.MusicOf(sung with { PositiveGlobalStyles = ["90 bpm"] }).Bpm);
    }

    [Fact]
    public void Remarks_AreAskedOnceForAPlanAndAgainForAnotherGenerator()
    {
        var jobs = new FakeRenderJobs();
        jobs.AddElevenLabs();
        var asked = new List<string>();
        jobs.OnRemarks = (generator, _, _) =>
        {
            asked.Add(generator);
            return [];
        };

        _view.RemarksOn(jobs, "sketch", Samples.Plan, null);
        _view.RemarksOn(jobs, "sketch", Samples.Plan, null);
        _view.RemarksOn(jobs, null, Samples.Plan, null);

        Assert.Equal(["sketch", "elevenlabs"], asked);
    }

    [Theory]
    [InlineData(0, "free")]
    [InlineData(26, "free")]
    [InlineData(27, "near")]
    [InlineData(30, "full")]
    [InlineData(31, "over")]
    public void Limit_IsShownAsItIsReached(int sections, string look)
    {
        var plan = new CompositionPlan { Sections = [.. Enumerable.Repeat(Samples.Plan.Sections[0], sections)] };

        Assert.Equal(look, LimitReading.SectionsOf(plan).Look);
    }
}
