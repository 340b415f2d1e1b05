using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class WaveformTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(128, 1)]
    [InlineData(129, 2)]
    [InlineData(26_460_000, 206_719)]
    public void Points_OfALength_StandForThreeMillisecondsEach(long frames, int points) => Assert.Equal(points, Waveform.PointsOf(frames));

    [Fact]
    public void Window_OfAll_IsTheHighestOfEachPart()
    {
        var waveform = new Waveform(Waveform.ToBytes([0.2f, 0.4f, 1f, 0f]));

        Assert.Equal([0.4f, 1f], waveform.Window(0, 1, 2));
        Assert.Equal([0.2f, 0.4f, 1f, 0f], waveform.Window(0, 1, 4));
        Assert.Equal([1f, 1f, 0f, 0f], waveform.Window(0.5, 1, 4));
        Assert.Equal([0.4f], waveform.Window(0.3, 0.45, 1));
    }

    [Fact]
    public void Window_Narrower_NeverShowsMoreThanTheWiderOne()
    {
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Double[0, 0.98], Gen.Double[0.01, 1], Gen.Int[1, 50]).Sample((peaks, from, width, points) =>
        {
            var to = Math.Min(1, from + width);
            var waveform = new Waveform(peaks);
            var window = waveform.Window(from, to, points);
            return window.Length == points && window.Max() == waveform.Window(from, to, 1)[0] && window.Max() <= waveform.Window(0, 1, 1)[0];
        });
    }
}
