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
    public void InfoFrame_OfNoFrame_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Mp3InfoFrame.Make([1, 2, 3, 4], 1, 1, 1));
        // 32 kbit/s at 44 100 Hz: 104 bytes have no room for it.
        Assert.Throws<ArgumentException>(() => Mp3InfoFrame.Make([0xFF, 0xFB, 0x10, 0x00], 1, 1, 1));
    }

    [Theory]
    [InlineData(0xFF, 0xFB, 0xB0, 0x00, true)]
    [InlineData(0xFF, 0xFB, 0x10, 0x00, false)]
    [InlineData(0x01, 0x02, 0x03, 0x04, false)]
    public void InfoFrame_FitsWhereItCanBeMade(byte a, byte b, byte c, byte d, bool fits) => Assert.Equal(fits, Mp3InfoFrame.Fits([a, b, c, d]));

    [Fact]
    public void InfoFrame_ThatWasMade_IsReadBack()
    {
        var made = Mp3InfoFrame.Make(Header, 100, 62_600, 112_000);
        var facts = Mp3InfoFrame.Read(made)!;
        Assert.Equal((100, 576, (100 * 1_152) - 576 - 112_000, false), (facts.Frames, facts.Delay, facts.Padding, facts.IsVariable));
        var again = Mp3InfoFrame.Make(Header, 100, 62_600, 112_000, facts);
        Assert.Equal(made, again);
    }

    [Fact]
    public void InfoFrame_OfPlainSound_IsNone()
    {
        Assert.Null(Mp3InfoFrame.Read([.. Header, .. new byte[622]]));
        Assert.Null(Mp3InfoFrame.Read(Header));
        Assert.Null(Mp3InfoFrame.Read([]));
    }
}
