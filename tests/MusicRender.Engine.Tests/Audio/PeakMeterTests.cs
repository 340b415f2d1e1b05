using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class PeakMeterTests
{
    [Fact]
    public void Peaks_OfAnyBlocks_AreThoseOfTheWhole() => Gen.Select(Gen.Int[1, 20_000], Gen.Int[1, 5_000].Array[1, 10], Gen.Int).Sample(
        (frames, blocks, seed) =>
        {
            var random = new Random(seed);
            var samples = new float[frames * 2];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = (random.NextSingle() * 2) - 1;
            }

            var meter = new PeakMeter(frames);
            for (int at = 0, block = 0; at < samples.Length; block++)
            {
                var count = Math.Min(blocks[block % blocks.Length] * 2, samples.Length - at);
                meter.Add(samples.AsSpan(at, count));
                at += count;
            }

            // As the words say it: each frame counts for the point at its share of the whole.
            var expected = new float[PeakMeter.Points];
            for (var frame = 0; frame < frames; frame++)
            {
                var point = (int)((long)frame * PeakMeter.Points / frames);
                expected[point] = Math.Max(expected[point], Math.Max(Math.Abs(samples[frame * 2]), Math.Abs(samples[(frame * 2) + 1])));
            }

            Assert.Equal(frames, meter.Frames);
            Assert.Equal(expected, meter.Peaks);
        },
        iter: 200, threads: 1);

    [Fact]
    public void Peaks_OfMoreThanTheTotal_CountForTheLastPoint()
    {
        var meter = new PeakMeter(2_000);
        meter.Add(new float[4_000]);
        meter.Add([0.5f, -0.75f]);
        Assert.Equal(0.75f, meter.Peaks[^1]);
        Assert.All(meter.Peaks.SkipLast(1), peak => Assert.Equal(0, peak));
    }

    [Fact]
    public void Peaks_OverFullScale_AreFull()
    {
        var meter = new PeakMeter(1);
        meter.Add([3f, 0]);
        Assert.Equal(1f, meter.Peaks[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_999)]
    [InlineData(2_000)]
    [InlineData(2_001)]
    [InlineData(100_000)]
    public void Resample_OfAnyNumber_KeepsTheHighest(int count)
    {
        var values = Enumerable.Range(0, count).Select(i => i == count / 2 ? 0.9f : 0.1f).ToArray();
        var peaks = PeakMeter.Resample(values);
        Assert.Equal(PeakMeter.Points, peaks.Count);
        Assert.Equal(0.9f, peaks.Max());
        Assert.Equal(count == 1 ? 0.9f : 0.1f, peaks[0]);
    }

    [Fact]
    public void Resample_OfNothing_IsSilence() => Assert.All(PeakMeter.Resample([]), peak => Assert.Equal(0, peak));
}
