using AngleSharp.Dom;
using Bunit;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class SyncedLyricsTests : StudioContext
{
    private static readonly Track Sung = Samples.Track() with
    {
        Words =
        [
            new WordTiming("The", 10_000, 10_300), new WordTiming("platform", 10_300, 10_900), new WordTiming("hums", 10_900, 12_000),
            new WordTiming("and", 13_000, 13_200), new WordTiming("nobody", 13_200, 14_000), new WordTiming("comes", 14_000, 15_000),
        ],
    };

    [Fact]
    public void Lines_CarryTheirTimes_ForTheEyeAndTheClick()
    {
        var view = Render<TrackView>(it => it.Add(one => one.Track, Sung));

        var lines = view.FindAll("button.lyrics-line");
        Assert.Equal(["The platform hums", "and nobody comes"], lines.Select(Text));

        // Lit from its first word until the next line begins, the last one until its last word ends.
        Assert.Equal([("10000", "10000", "13000"), ("13000", "13000", "15000")], lines.Select(line => (line.GetAttribute("data-seek")!, line.GetAttribute("data-start")!, line.GetAttribute("data-end")!)));
        Assert.Equal("Go to 0:10", lines[0].GetAttribute("title"));
        Assert.Equal(["10000", "10300", "10900"], lines[0].QuerySelectorAll(".lyrics-word").Select(word => word.GetAttribute("data-start")!));
        Assert.Equal("Verse", Assert.Single(view.FindAll(".lyrics-section")).TextContent);
        Assert.NotNull(view.Find("[data-part='lyrics']").Closest("[data-player-scope]"));
    }

    [Fact]
    public void Line_BeforeALongRest_IsLitOnlyWhileItIsSung()
    {
        var track = Sung with { Words = [.. Sung.Words!.Take(3), .. Sung.Words!.Skip(3).Select(word => word with { StartMs = word.StartMs + 8_000, EndMs = word.EndMs + 8_000 })] };

        var view = Render<TrackView>(it => it.Add(one => one.Track, track));

        Assert.Equal("12000", view.FindAll("button.lyrics-line")[0].GetAttribute("data-end"));
    }

    [Fact]
    public void Words_ThatNobodyTimed_AreShownWithoutTimes()
    {
        var track = Sung with { Words = [.. Sung.Words!.Where(word => word.Word != "platform")] };

        var line = Render<TrackView>(it => it.Add(one => one.Track, track)).FindAll("button.lyrics-line")[0];

        Assert.Equal("The platform hums", Text(line));
        Assert.Equal([true, false, true], line.QuerySelectorAll(".lyrics-word").Select(word => word.HasAttribute("data-start")));
    }

    [Fact]
    public void Track_WithoutTimings_HasItsLyricsInThePlanOnly()
    {
        var view = Render<TrackView>(it => it.Add(one => one.Track, Samples.Track()));

        Assert.Empty(view.FindAll(".lyrics"));
        Assert.Equal(["The platform hums", "and nobody comes"], view.FindAll(".score-line").Select(line => line.TextContent));
    }

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
