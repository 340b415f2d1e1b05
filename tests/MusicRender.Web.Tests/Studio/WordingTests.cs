using System.Globalization;
using MusicRender.Web.Studio;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class WordingTests
{
    public WordingTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

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
    [InlineData(12_345_000_000, "12.3 GB")]
    public void Size_Bytes_IsShort(long bytes, string expected) => Assert.Equal(expected, Wording.Size(bytes));

    [Theory]
    [InlineData("en-US", "Mar 5, 2026", "4,100", "2.2 MB", "$0.23")]
    [InlineData("en-GB", "5 Mar 2026", "4,100", "2.2 MB", "$0.23")]
    [InlineData("de-DE", "5. März 2026", "4.100", "2,2 MB", "0,23 $")]
    [InlineData("fr-FR", "5 mars 2026", "4 100", "2,2 MB", "0,23 $")]
    [InlineData("ja-JP", "2026年3月5日", "4,100", "2.2 MB", "$0.23")]
    [InlineData("hu-HU", "2026. márc. 5.", "4 100", "2,2 MB", "0,23 $")]
    public void NumbersAndDates_FollowTheReadersCulture(string culture, string date, string count, string size, string dollars)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        // Some cultures part thousands and signs by spaces that do not break.
        string[] words = [Wording.Date(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero)), Wording.Count(4100), Wording.Size(2_163_000), Wording.Dollars(0.225m)];
        Assert.Equal([date, count, size, dollars], words.Select(word => word.Replace('\u202f', ' ').Replace('\u00a0', ' ')));
    }

    [Fact]
    public void Dates_OfEveryCulture_HaveTheirYearAndNoWeekday()
    {
        var date = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
        Assert.All(CultureInfo.GetCultures(CultureTypes.SpecificCultures), culture =>
        {
            CultureInfo.CurrentCulture = culture;
            var words = Wording.Date(date);
            Assert.Contains(culture.DateTimeFormat.Calendar.GetYear(date.DateTime).ToString(CultureInfo.InvariantCulture), words, StringComparison.Ordinal);
            Assert.DoesNotContain(culture.DateTimeFormat.GetDayName(DayOfWeek.Thursday), words, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Pacific/Auckland", "6 Mar 2026, 03:30", "6 Mar 2026")]
    [InlineData("America/New_York", "5 Mar 2026, 09:30", "5 Mar 2026")]
    [InlineData("America/Los_Angeles", "5 Mar 2026, 06:30", "5 Mar 2026")]
    [InlineData("Asia/Kolkata", "5 Mar 2026, 20:00", "5 Mar 2026")]
    [InlineData(null, "5 Mar 2026, 14:30", "5 Mar 2026")]
    public void DatesAndTimes_AreThoseOfTheReadersZone(string? zone, string moment, string date)
    {
        ReaderZone.Current = ReaderZone.Of(zone);
        var time = new DateTimeOffset(2026, 3, 5, 14, 30, 0, TimeSpan.Zero);

        Assert.Equal((moment, date), (Wording.Moment(time), Wording.Date(time)));
        Assert.Equal(date, Wording.Ago(time, time.AddDays(30)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nowhere/Atall")]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe/Berlin\n")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("posix/../Europe/Berlin")]
    public void Zone_OfANameThatIsNone_IsUtc(string name) => Assert.Equal(TimeZoneInfo.Utc, ReaderZone.Of(name));

    [Fact]
    public void Lists_AreJoinedAsPeopleSayThem()
    {
        Assert.Equal("", Wording.List([]));
        Assert.Equal("a", Wording.List(["a"]));
        Assert.Equal("a and b", Wording.List(["a", "b"]));
        Assert.Equal("a, b and c", Wording.List(["a", "b", "c"]));
    }

    [Fact]
    public void KeptHandler_CalledFromAnotherCircuit_SpeaksItsOwnReadersCultureAndTime()
    {
        (CultureInfo.CurrentCulture, ReaderZone.Current) = (CultureInfo.GetCultureInfo("de-DE"), ReaderZone.Of("Asia/Tokyo"));
        var said = "";
        var handler = ReaderCulture.Keep(() => said = $"{Wording.Count(4100)} {Wording.Moment(new DateTimeOffset(2026, 3, 5, 20, 0, 0, TimeSpan.Zero))}");
        (CultureInfo.CurrentCulture, ReaderZone.Current) = (CultureInfo.GetCultureInfo("en-GB"), TimeZoneInfo.Utc);

        handler();

        Assert.Equal("4.100 6. März 2026, 05:00", said);
        Assert.Equal(("en-GB", TimeZoneInfo.Utc), (CultureInfo.CurrentCulture.Name, ReaderZone.Current));
    }
}
