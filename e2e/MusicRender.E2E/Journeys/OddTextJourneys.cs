using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Titles and stories that are not plain words.</summary>
public sealed class OddTextJourneys(Studio studio) : Journey(studio)
{
    private static readonly string LongWord = string.Concat(Enumerable.Repeat("Donaudampfschifffahrt", 14));

    public static TheoryData<string, string> Titles => new()
    {
        { "AC/DC ..\\..\\con: 50% <b>off</b> & \"more\"", @"^ac-dc-con-50-b-off-b-more_[0-9a-f]{8}\.mp3$" },
        { "../../etc/passwd", @"^etc-passwd_[0-9a-f]{8}\.mp3$" },
        { "שיר הלילה \u202Eרע\u202C — أغنية", @"^[\p{L}\p{M}-]+_[0-9a-f]{8}\.mp3$" },
        { "🎸🔥🦤", @"^track_[0-9a-f]{8}\.mp3$" },
        { LongWord, @"^donaudampf[a-z]+_[0-9a-f]{8}\.mp3$" },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Title_Odd_IsShownRenderedAndDownloadedUnderASafeName(string title, string fileName)
    {
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Plain", 3_000, title[..Math.Min(100, title.Length)]));
        await plan.Title.FillAsync(title);
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
        await CheckLayoutAsync(visit.Page);

        var listen = await (await plan.RenderAsync()).FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync(title);
        await Assertions.Expect(visit.Page).ToHaveTitleAsync($"{title} · MusicRender");
        await CheckLayoutAsync(visit.Page);

        var path = await listen.DownloadAsync();
        Assert.Matches(fileName, Path.GetFileName(path));
        Assert.Equal(title, (await AudioFile.ReadAsync(path)).Tag("title"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        await visit.GoToAsync("/library");
        await Assertions.Expect(new LibraryPage(visit.Page).Track(title).First).ToBeVisibleAsync();
        await CheckLayoutAsync(visit.Page);
    }

    [Theory]
    [InlineData("Жили-были ../.. два/три кота. 猫が屋根で歌う。 שני חתולים שרים. 🐈🐈‍⬛ <script>alert(1)</script>")]
    [InlineData("aaaaaaaaaa")]
    public async Task Story_Odd_BecomesASong(string text)
    {
        var story = text == "aaaaaaaaaa" ? string.Concat(Enumerable.Repeat(text, 900)) : text;
        var visit = await VisitAsync();
        var plan = await (await new StartPage(visit.Page).BeginAsync("Social media ad")).WriteAsync(story);
        await CheckLayoutAsync(visit.Page);
        await plan.MakeThePlanAsync();
        await CheckLayoutAsync(visit.Page);
        var listen = await (await plan.RenderAsync()).FinishAsync();
        await CheckLayoutAsync(visit.Page);
        await listen.Play.ClickAsync();
        await listen.PassAsync(0.1);
    }

    [Fact]
    public async Task Story_BeyondTheLimit_SaysSoAndWaits()
    {
        var visit = await VisitAsync();
        var story = await new StartPage(visit.Page).BeginAsync("Personal song");
        await story.Story.FillAsync(new string('a', 10_001));
        await Assertions.Expect(story.Write).ToBeDisabledAsync();
        await story.Story.FillAsync(new string('a', 10_000));
        await Assertions.Expect(story.Write).ToBeEnabledAsync();
    }

    private static async Task CheckLayoutAsync(IPage page)
    {
        await Layout.CheckAsync(page);
        await page.SetViewportSizeAsync(360, 780);
        await Layout.CheckAsync(page);
        await page.SetViewportSizeAsync(1440, 900);
    }
}
