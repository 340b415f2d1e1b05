using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class Mp3FramesTests
{
    // 192 kbit/s at 44 100 Hz, stereo, no padding: 144 × 192 000 / 44 100 = 626 bytes.
    private static readonly byte[] Header = [0xFF, 0xFB, 0xB0, 0x00];

    [Fact]
    public void Header_OfTheUsualForm_IsRead()
    {
        Assert.True(Mp3Frames.TryRead(Header, out var header));
        Assert.Equal(new Mp3Frames.Header(44_100, 192, 1_152, 626, false), header);
    }

    [Theory]
    [InlineData(0xFF, 0xFB, 0xB2, 0x00, 627)]
    [InlineData(0xFF, 0xF3, 0x80, 0xC0, 208)]
    public void Header_WithPaddingOrOfALowRate_HasItsLength(byte a, byte b, byte c, byte d, int bytes)
    {
        Assert.True(Mp3Frames.TryRead([a, b, c, d], out var header));
        Assert.Equal(bytes, header.Bytes);
    }

    [Theory]
    [InlineData(0xFF, 0xFB, 0x00, 0x00)] // free bitrate
    [InlineData(0xFF, 0xFB, 0xF0, 0x00)] // bad bitrate
    [InlineData(0xFF, 0xFB, 0xBC, 0x00)] // reserved rate
    [InlineData(0xFF, 0xEB, 0xB0, 0x00)] // reserved version
    [InlineData(0xFF, 0xFD, 0xB0, 0x00)] // layer II
    [InlineData(0x49, 0x44, 0x33, 0x04)] // "ID3"
    [InlineData(0x00, 0x00, 0x00, 0x00)]
    public void Header_ThatIsNone_IsNotRead(byte a, byte b, byte c, byte d) => Assert.False(Mp3Frames.TryRead([a, b, c, d], out _));

    [Fact]
    public void Header_OfTooFewBytes_IsNone() => Assert.False(Mp3Frames.TryRead(Header.AsSpan(0, 3), out _));

    [Fact]
    public async Task Count_OfWholeFrames_IsAllOfThemHoweverTheStreamIsCut()
    {
        var stream = Enumerable.Repeat(Frame(), 500).SelectMany(frame => frame).ToArray();
        Assert.Equal(500, (await Mp3Frames.CountAsync(new MemoryStream(stream), CancellationToken.None)).Frames);
        Assert.Equal(500, (await Mp3Frames.CountAsync(new Dripping(stream, 7), CancellationToken.None)).Frames);
        Assert.Equal(500, (await Mp3Frames.CountAsync(new Dripping(stream, 65_536), CancellationToken.None)).Frames);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(625, 0)]
    [InlineData(626, 1)]
    [InlineData(1_251, 1)]
    [InlineData(1_255, 2)]
    public async Task Count_OfATruncatedStream_IsItsWholeFrames(int length, int frames)
    {
        var stream = Frame().Concat(Frame()).Concat(Frame()).Take(length).ToArray();
        Assert.Equal(frames, (await Mp3Frames.CountAsync(new MemoryStream(stream), CancellationToken.None)).Frames);
    }

    [Fact]
    public async Task Count_OfFramesWithRubbishBehind_EndsThere() =>
        Assert.Equal(2, (await Mp3Frames.CountAsync(new MemoryStream([.. Frame(), .. Frame(), 1, 2, 3, 4, .. Frame()]), CancellationToken.None)).Frames);

    [Fact]
    public async Task Count_OfAnyBytes_Ends() => await Gen.Byte.Array[0, 3_000].SampleAsync(
        async bytes => Assert.InRange((await Mp3Frames.CountAsync(new MemoryStream([.. Header, .. bytes]), CancellationToken.None)).Frames, 0, 4),
        iter: 300, threads: 1);

    [Fact]
    public void InfoFrame_OfNoFrame_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Mp3InfoFrame.Make([1, 2, 3, 4], 1, 1, 1));
        // 32 kbit/s at 44 100 Hz: 104 bytes have no room for it.
        Assert.Throws<ArgumentException>(() => Mp3InfoFrame.Make([0xFF, 0xFB, 0x10, 0x00], 1, 1, 1));
    }

    private static byte[] Frame() => [.. Header, .. new byte[622]];

    /// <summary>Gives only a few bytes at a time.</summary>
    private sealed class Dripping(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
