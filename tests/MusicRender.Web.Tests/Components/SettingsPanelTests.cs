using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Components.Settings;
using Xunit;

namespace MusicRender.Web.Tests.Components;

/// <summary>Defaults, origins, storage and about.</summary>
public sealed class SettingsPanelTests : StudioContext
{
    private static readonly RenderFailure Full = RenderFailure.Server("The disk is full.", "catalogue");

    private static async Task AllowAsync(IRenderedComponent<OriginsPanel> panel, string origin)
    {
        await panel.Find("input").InputAsync(new ChangeEventArgs { Value = origin });
        await panel.Find("form").SubmitAsync();
    }

    private static string[] Listed(IRenderedComponent<OriginsPanel> panel) => [.. panel.FindAll(".origins li").Select(item => item.GetAttribute("aria-label")!)];

    [Fact]
    public async Task Defaults_Chosen_AreKeptAtOnce()
    {
        var panel = Render<DefaultsPanel>();

        await panel.Find("#default-sound").ChangeAsync(new() { Value = "dark_trap_night" });
        await panel.Find("#default-delivery").ChangeAsync(new() { Value = "live_one_take" });
        await panel.Find("#default-generator").ChangeAsync(new() { Value = "sketch" });
        await panel.Find("[role=switch][aria-label='Instrumental only']").ChangeAsync(new() { Value = true });

        Assert.Equal(new CompositionDefaults { Sound = "dark_trap_night", Delivery = "live_one_take", Generator = "sketch", InstrumentalOnly = true }, Settings.Defaults);
        Assert.Equal("Kept.", panel.Find("[role=status]").TextContent);
        await panel.Find("#default-sound").ChangeAsync(new() { Value = "" });
        Assert.Null(Settings.Defaults.Sound);
    }

    [Fact]
    public async Task Defaults_ThatCannotBeKept_SayWhyAndShowWhatIsKept()
    {
        (Settings.Defaults, Settings.Failure) = (new CompositionDefaults { Sound = "lofi_cozy" }, Full);
        var panel = Render<DefaultsPanel>();

        await panel.Find("#default-sound").ChangeAsync(new() { Value = "dark_trap_night" });

        Assert.Equal("The disk is full.", panel.Find("[role=alert]").TextContent);
        Assert.Equal("lofi_cozy", panel.Find("#default-sound").GetAttribute("value"));
    }

    [Fact]
    public void Defaults_OfAGeneratorThatIsNotReady_StillNameIt()
    {
        Settings.Defaults = new CompositionDefaults { Generator = "elevenlabs" };

        var panel = Render<DefaultsPanel>();

        Assert.Equal("ElevenLabs (not ready)", panel.Find("#default-generator option[value=elevenlabs]").TextContent);
    }

    [Fact]
    public async Task Defaults_AreWhatANewCompositionBeginsWith()
    {
        Settings.Defaults = new CompositionDefaults { Sound = "dark_trap_night", Delivery = "gone_since", Generator = "sketch", InstrumentalOnly = true };
        var page = Render<Web.Components.Pages.Start>();

        await page.FindAll("button").Single(button => button.TextContent.Trim() == "Blank composition").ClickAsync(new());

        var draft = Assert.Single(Drafts.Kept.Values);
        Assert.Equal((null, "dark_trap_night", null, "sketch", true), (draft.Blueprint, draft.Sound, draft.Delivery, draft.Generator, draft.InstrumentalOnly));
    }

    [Fact]
    public async Task Defaults_LeaveAQuickStartItsChoices()
    {
        Settings.Defaults = new CompositionDefaults { Sound = "dark_trap_night", Generator = "sketch", InstrumentalOnly = true };
        var page = Render<Web.Components.Pages.Start>();

        await page.FindAll("button.pad-name").Single(pad => pad.TextContent == "Personal song").ClickAsync(new());

        var draft = Assert.Single(Drafts.Kept.Values);
        Assert.Equal(("personal_song", "indie_live_band", "sketch", false), (draft.QuickStart, draft.Sound, draft.Generator, draft.InstrumentalOnly));
    }

    [Fact]
    public async Task Origin_Allowed_IsListedAndCanBeRemoved()
    {
        var panel = Render<OriginsPanel>();
        Assert.Contains("http://localhost:3000", Listed(panel));
        Assert.Empty(panel.FindAll(".origins button"));

        await AllowAsync(panel, " https://music.example/some/page?x=1 ");

        Assert.Equal("https://music.example", Listed(panel)[0]);
        Assert.Equal(["https://music.example"], Settings.Origins);
        Assert.Equal("https://music.example is allowed now.", panel.Find("[role=status]").TextContent);
        Assert.Equal("", panel.Find("input").GetAttribute("value") ?? "");
        await panel.Find("button[aria-label='Remove https://music.example']").ClickAsync(new());
        Assert.Empty(Settings.Origins);
        Assert.DoesNotContain("https://music.example", Listed(panel));
    }

    [Fact]
    public async Task Origin_AllowedHereAndConfiguredLater_IsListedTwiceAndCanBeRemovedHere()
    {
        Settings.Origins = ["http://localhost:3000"];
        await Services.GetRequiredService<Web.Access.AllowedOrigins>().StartAsync(default);
        var panel = Render<OriginsPanel>();
        Assert.Equal(2, Listed(panel).Count(origin => origin == "http://localhost:3000"));

        await AllowAsync(panel, "https://music.example");
        await panel.Find("button[aria-label='Remove http://localhost:3000']").ClickAsync(new());

        Assert.Equal(["https://music.example"], Settings.Origins);
        Assert.Single(Listed(panel), origin => origin == "http://localhost:3000");
    }

    [Fact]
    public async Task Origin_InOtherLettersThanAscii_IsAllowedAsBrowsersSendIt()
    {
        var panel = Render<OriginsPanel>();

        await AllowAsync(panel, "https://m\u00fcsik.example:8443/page");

        Assert.True(Services.GetRequiredService<Web.Access.AllowedOrigins>().Contains("https://xn--msik-0ra.example:8443"));
    }

    [Theory]
    [InlineData("music.example", "not an origin")]
    [InlineData("ftp://music.example", "not an origin")]
    [InlineData("javascript:alert(1)", "not an origin")]
    [InlineData("https://user:word@music.example", "not an origin")]
    [InlineData("http://localhost:3000", "allowed already")]
    public async Task Origin_ThatCannotBeAllowed_SaysWhyAtTheField(string origin, string why)
    {
        var panel = Render<OriginsPanel>();

        await AllowAsync(panel, origin);

        Assert.Contains(why, panel.Find(".problems").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", panel.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal(origin, panel.Find("input").GetAttribute("value"));
        Assert.Empty(Settings.Origins);
    }

    [Fact]
    public async Task Origin_ThatCannotBeKept_IsNotAllowed()
    {
        Settings.Failure = Full;
        var panel = Render<OriginsPanel>();

        await AllowAsync(panel, "https://music.example");

        Assert.Contains("The disk is full.", panel.Find(".problems").TextContent, StringComparison.Ordinal);
        Assert.False(Services.GetRequiredService<Web.Access.AllowedOrigins>().Contains("https://music.example"));
    }

    [Fact]
    public void Storage_IsShownByPart()
    {
        var panel = Render<StoragePanel>();

        panel.WaitForAssertion(() => Assert.Equal("30.4 MB", panel.Find(".storage-figure").TextContent));
        Assert.Contains("5.0 GB free on its disk", panel.Find(".storage-used").TextContent, StringComparison.Ordinal);
        // What is empty is not listed.
        Assert.Equal(["Tracks12 files30.0 MB", "Catalogue and drafts3 files400 kB"], panel.FindAll(".storage-parts li").Select(part => string.Concat(part.TextContent.Split('\n').Select(line => line.Trim()))));
        Assert.Equal("/srv/music", panel.Find(".storage-root dd").TextContent);
    }

    [Fact]
    public void About_NamesTheVersionAndLeadsToTheReference()
    {
        var panel = Render<AboutPanel>();

        Assert.Matches(@"MusicRender \d+\.\d+\.\d+", panel.Find("dt").TextContent);
        Assert.Equal("/docs", panel.Find("a").GetAttribute("href"));
    }
}
