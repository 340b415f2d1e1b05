using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class AudioFormatTests
{
    [Theory]
    [InlineData("mp3_44100_192", 44_100, 192)]
    [InlineData("mp3_22050_32", 22_050, 32)]
    [InlineData("mp3_24000_48", 24_000, 48)]
    [InlineData("mp3_48000_320", 48_000, 320)]
    public void Name_ThatIsKnown_IsReadAndWritten(string name, int rate, int kilobits)
    {
        Assert.True(AudioFormat.TryParse(name, out var format));
        Assert.Equal(new AudioFormat(rate, kilobits), format);
        Assert.Equal(name, format.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("auto")]
    [InlineData("mp3")]
    [InlineData("mp3_44100")]
    [InlineData("mp3_44100_192_1")]
    [InlineData("MP3_44100_192")]
    [InlineData("pcm_44100_192")]
    [InlineData("mp3_44101_192")]
    [InlineData("mp3_44100_193")]
    [InlineData("mp3_-44100_192")]
    [InlineData("mp3_ 44100_192")]
    [InlineData("mp3_44100_192 ")]
    [InlineData("mp3_99999999999_192")]
    public void Name_ThatIsNot_IsNone(string? name) => Assert.False(AudioFormat.TryParse(name, out _));

    [Theory]
    [InlineData(3_000, 132_300)]
    [InlineData(3_001, 132_344)]
    [InlineData(1, 44)]
    [InlineData(600_000, 26_460_000)]
    public void Frames_OfALength_AreTheNearest(int milliseconds, long frames)
    {
        Assert.Equal(frames, PcmFormat.FramesOf(milliseconds));
        Assert.Equal(milliseconds, PcmFormat.MillisecondsOf(frames));
    }
}
