using MusicRender.Web.Studio;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(59_999, "0:59")]
    [InlineData(90_000, "1:30")]
    [InlineData(600_000, "10:00")]
    public void Clock_Milliseconds_IsMinutesAndSeconds(long milliseconds, string expected) =>
        Assert.Equal(expected, Wording.Clock(milliseconds));

    [Theory]
    [InlineData(30_000, "30 s")]
    [InlineData(90_000, "1 min 30 s")]
    [InlineData(180_000, "3 min")]
    [InlineData(59_700, "1 min")]
    public void Length_Milliseconds_IsInWords(long milliseconds, string expected) =>
        Assert.Equal(expected, Wording.Length(milliseconds));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(45_000, "45 kB")]
    [InlineData(2_163_000, "2.2 MB")]
    public void Size_Bytes_IsShort(long bytes, string expected) => Assert.Equal(expected, Wording.Size(bytes));

    [Fact]
    public void Count_Thousands_AreSetApart() => Assert.Equal("4\u202f100", Wording.Count(4100));
}
