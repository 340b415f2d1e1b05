using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public sealed class LineForecastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A second of music takes half a second; what says no length takes twenty.</summary>
    private static readonly MeasuredPace Pace = new(0.5, TimeSpan.FromSeconds(20));

    [Fact]
    public void Places_OfOneSlot_EndOneAfterTheOther()
    {
        // The holder has 10 of its 30 seconds behind it.
        var line = Line(1, ("a", 60_000, Noon - TimeSpan.FromSeconds(10)), ("b", 30_000, null), ("a", null, null), ("a", 10_000, null));
        var forecast = new LineForecast(line, Pace, Noon);
        Assert.Equal([new QueuePlace(1, 35), new QueuePlace(2, 55), new QueuePlace(3, 60)], line.InOrder().Select(entry => forecast.PlaceOf(entry.Id)!.Value));
        Assert.Equal(20, forecast.RoomIn(null));
        Assert.Equal(35, forecast.RoomIn("a"));
        Assert.Equal(20, forecast.RoomIn("b"));
        Assert.Null(forecast.PlaceOf(new RenderId(new string('f', 32))));
    }

    [Fact]
    public void Places_OfManySlots_TakeTheFirstThatComesFree()
    {
        var line = Line(2, ("a", 60_000, Noon), ("a", 20_000, Noon), ("a", 60_000, null), ("a", 20_000, null));
        var forecast = new LineForecast(line, Pace, Noon);
        Assert.Equal([40, 40], line.InOrder().Select(entry => forecast.PlaceOf(entry.Id)!.Value.EtaSeconds!.Value));
    }

    [Fact]
    public void Place_BehindOneThatTakesLongerThanItShould_IsSoon()
    {
        var line = Line(1, ("a", 20_000, Noon - TimeSpan.FromMinutes(5)), ("a", 2_000, null));
        Assert.Equal(1, new LineForecast(line, Pace, Noon).PlaceOf(line.InOrder()[0].Id)!.Value.EtaSeconds);
    }

    [Fact]
    public void Places_WhereNothingIsMeasured_HaveNoTimes()
    {
        var line = Line(1, ("a", 20_000, Noon), ("a", 2_000, null));
        var forecast = new LineForecast(line, null, Noon);
        Assert.Equal(new QueuePlace(1, null), forecast.PlaceOf(line.InOrder()[0].Id));
        Assert.InRange(forecast.RoomIn(null), 1, 60);
    }

    [Fact]
    public void Pace_IsTheMedian_SoThatOneOddRenderSaysNothing()
    {
        MeasuredRender[] renders = [Took(60_000, 30), Took(60_000, 31), Took(60_000, 3_000), Took(null, 20), Took(30_000, 15)];
        var pace = MeasuredPace.Of(renders)!.Value;
        Assert.Equal(30.5, pace.For(60_000).TotalSeconds, 0.3);
        Assert.Equal(30, pace.For(null).TotalSeconds);
        Assert.Null(MeasuredPace.Of([]));
        Assert.Equal(7, MeasuredPace.Of([Took(null, 7)])!.Value.For(60_000).TotalSeconds);
    }

    private static MeasuredRender Took(int? lengthMs, int seconds) => new(lengthMs, TimeSpan.FromSeconds(seconds));

    private static SlotLine Line(int capacity, params (string Client, int? LengthMs, DateTimeOffset? HeldSince)[] entries)
    {
        var line = new SlotLine { Capacity = capacity };
        foreach (var (index, entry) in entries.Index())
        {
            line.Add(new SlotEntry(new RenderId($"{index:x32}"), entry.Client, entry.LengthMs) { HeldSince = entry.HeldSince, SeenAt = Noon });
        }

        return line;
    }
}
