using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class SpectrogramTests
{
    private const int Seconds = 3;

    [Theory]
    [InlineData(64)]
    [InlineData(4_096)]
    public void Power_OfASine_IsAtItsFrequencyAndAsStrongAsItIs(int size)
    {
        var transform = new FourierTransform(size);
        var power = new float[size / 2];
        var bin = size / 8;
        transform.Power([.. Enumerable.Range(0, size).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * bin * i / size))], power);

        Assert.Equal(bin, Array.IndexOf(power, power.Max()));
        Assert.Equal(0.25f, power[bin], 0.001f);
        // A Hann window gives a quarter to the neighbours, and nothing to what is further off.
        Assert.Equal(0.0625f, power[bin + 1], 0.001f);
        Assert.All(power.Where((_, at) => Math.Abs(at - bin) > 1), rest => Assert.True(rest < 1e-6f));
    }

    [Theory]
    [InlineData(110)]
    [InlineData(440)]
    [InlineData(7_040)]
    public void Picture_OfATone_IsALineAtItsPitch(double hz)
    {
        var picture = Picture(second => hz);
        var row = RowOf(hz);
        for (var column = 10; column < picture.Width - 10; column++)
        {
            var loudest = Enumerable.Range(0, Spectrogram.Height).MaxBy(at => picture.Level(column, at));
            Assert.InRange(loudest, row - 2, row + 2);
        }
    }

    [Fact]
    public void Picture_OfToneAfterTone_ShowsEachAtItsTime()
    {
        var picture = Picture(second => 220 * Math.Pow(4, second));
        for (var second = 0; second < Seconds; second++)
        {
            var column = (int)((second + 0.5) / Seconds * picture.Width);
            var loudest = Enumerable.Range(0, Spectrogram.Height).MaxBy(at => picture.Level(column, at));
            Assert.InRange(loudest, RowOf(220 * Math.Pow(4, second)) - 2, RowOf(220 * Math.Pow(4, second)) + 2);
        }
    }

    [Fact]
    public void Picture_OfSilence_IsBlank()
    {
        var spectrogram = new Spectrogram(PcmFormat.SampleRate);
        spectrogram.Add(new float[PcmFormat.Channels * PcmFormat.SampleRate]);

        Assert.All(spectrogram.ToLevels(), level => Assert.Equal(0, level));
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(60_000, 1_500)]
    [InlineData(600_000, 4_000)]
    public void Width_OfALength_IsWithinLimits(int milliseconds, int width) => Assert.Equal(width, new Spectrogram(PcmFormat.FramesOf(milliseconds)).Width);

    [Fact]
    public async Task Png_ReadByAnotherProgram_IsThePicture()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "x.png");
        await File.WriteAllBytesAsync(path, IndexedPng.Write(3, [0, 1, 2, 2, 1, 0], [255, 0, 0, 0, 255, 0, 10, 20, 30]), TestContext.Current.CancellationToken);

        var read = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-");

        Assert.Equal([255, 0, 0, 0, 255, 0, 10, 20, 30, 10, 20, 30, 0, 255, 0, 255, 0, 0], read);
    }

    [Fact]
    public void Palette_BetweenColours_IsEven()
    {
        var palette = SpectrogramColours.Palette(["#000000", "#0a1464"], 11);

        Assert.Equal([0, 0, 0], palette[..3]);
        Assert.Equal([5, 10, 50], palette[15..18]);
        Assert.Equal([10, 20, 100], palette[30..]);
    }

    private static int RowOf(double hz) =>
        (int)(Spectrogram.Height * (1 - (Math.Log2(hz / Spectrogram.LowestHz) / Math.Log2(Spectrogram.HighestHz / Spectrogram.LowestHz))));

    private static (int Width, Func<int, int, byte> Level) Picture(Func<int, double> hzOfSecond)
    {
        var spectrogram = new Spectrogram(Seconds * PcmFormat.SampleRate);
        var samples = new float[Seconds * PcmFormat.SampleRate * PcmFormat.Channels];
        for (var i = 0; i < samples.Length; i++)
        {
            var frame = i / PcmFormat.Channels;
            samples[i] = 0.02f * (float)Math.Sin(2 * Math.PI * hzOfSecond(frame / PcmFormat.SampleRate) * frame / PcmFormat.SampleRate);
        }

        foreach (var block in samples.Chunk(10_000))
        {
            spectrogram.Add(block);
        }

        var levels = spectrogram.ToLevels();
        return (spectrogram.Width, (column, row) => levels[(row * spectrogram.Width) + column]);
    }
}
