using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class Mp3FrameCounterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(626)]
    [InlineData(65_536)]
    public void Frames_HoweverTheStreamIsCut_AreAllOfThem(int piece)
    {
        var counter = Count(Mp3.Frames(500), piece);
        Assert.Equal((500, 500 * 1_152L, 44_100), (counter.Frames, counter.Samples, counter.First.SampleRate));
        Assert.Equal(500 * 1_152L * 1_000 / 44_100, counter.DurationMs);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(625, 0)]
    [InlineData(626, 1)]
    [InlineData(1_251, 1)]
    [InlineData(1_255, 2)]
    public void Frames_OfATruncatedStream_AreItsWholeOnes(int length, int frames)
    {
        var counter = Count(Mp3.Frames(3)[..length], 64);
        Assert.Equal(frames, counter.Frames);
        Assert.Equal(frames == 0 ? 0 : frames * 1_152L * 1_000 / 44_100, counter.DurationMs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100_000)]
    public void Frames_BehindATag_AreCountedAlone(int piece)
    {
        // A tag that holds what looks like frames.
        byte[] tag = [.. Id3Tag.Blank(10 + 1_252), .. Mp3.Frames(2)];
        Assert.Equal(20, Count([.. tag, .. Mp3.Frames(20)], piece).Frames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void Frames_BehindRubbish_AreFoundAgain(int piece)
    {
        // The frame that the rubbish runs into is lost; the last one has none behind it that confirms it as found by searching.
        byte[] stream = [.. Mp3.Frames(10), .. new byte[77], 0xFF, 0xFB, .. new byte[20], .. Mp3.Frames(10)];
        Assert.InRange(Count(stream, piece).Frames, 19, 20);
    }

    [Fact]
    public void Frames_OfRubbishAlone_AreNone()
    {
        Assert.Equal(0, Count(new byte[10_000], 512).Frames);
        // One header by chance is no frame.
        Assert.Equal(0, Count([.. new byte[100], .. Mp3.Frames(1), .. new byte[2_000]], 512).Frames);
    }

    [Fact]
    public void Frames_OfAnyBytesInAnyPieces_AreTheSame() => Gen.Select(Gen.Byte.Array[0, 600], Gen.Int[0, 12], Gen.Byte.Array[0, 40], Gen.Int[1, 700]).Sample(
        (front, frames, back, piece) =>
        {
            byte[] stream = [.. front, .. Mp3.Frames(frames), .. back];
            Assert.Equal(Count(stream, stream.Length + 1).Samples, Count(stream, piece).Samples);
        },
        iter: 1_000, threads: 1);

    private static Mp3FrameCounter Count(byte[] stream, int piece)
    {
        var counter = new Mp3FrameCounter();
        foreach (var part in stream.Chunk(piece))
        {
            counter.Add(part);
        }

        return counter;
    }
}

/// <summary>MP3 of silence: MPEG 1, layer III, 44.1 kHz, 192 kbit/s, stereo, without padding: 626 bytes a frame.</summary>
internal static class Mp3
{
    public const int FrameBytes = 626;

    public static readonly byte[] Header = [0xFF, 0xFB, 0xB0, 0x00];

    /// <summary>So many frames; a mark tells them apart from others.</summary>
    public static byte[] Frames(int count, byte mark = 0) => [.. Enumerable.Repeat((byte[])[.. Header, .. new byte[FrameBytes - 5], mark], count).SelectMany(frame => frame)];
}
