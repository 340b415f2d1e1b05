using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Components.Pages;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class SettingsPageTests : StudioContext
{
    private const string Key = "sk_5up3r53cr3t";

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SettingsPage> page, string name) =>
        page.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static string Said(IRenderedComponent<SettingsPage> page) => page.Find(".key-said").TextContent;

    /// <summary>Types a key and presses "Check and keep".</summary>
    private static async Task EnterAsync(IRenderedComponent<SettingsPage> page, string key = Key)
    {
        await page.Find("#elevenlabs-key").InputAsync(new ChangeEventArgs { Value = key });
        await page.Find(".key-form").SubmitAsync();
    }

    [Fact]
    public void Generators_WithoutAKey_SayWhatIsMissingAndWhatItCosts()
    {
        var page = Render<SettingsPage>();

        var sketch = page.Find("li[aria-label=Sketch]");
        Assert.Contains("Ready", sketch.TextContent, StringComparison.Ordinal);
        Assert.Contains("free", sketch.TextContent, StringComparison.Ordinal);
        var hosted = page.Find("li[aria-label=ElevenLabs]");
        Assert.Contains("Needs a key", hosted.TextContent, StringComparison.Ordinal);
        Assert.Contains("about 900 credits or $0.15 a minute", hosted.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Browser_WhereATokenIsNeeded_CanBeSignedOut()
    {
        var form = Render<SettingsPage>().Find("form[action='/sign-out']");

        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal("Sign out", form.QuerySelector("button[type=submit]")?.TextContent.Trim());
    }

    [Fact]
    public void Browser_WhereNobodyNeedsAToken_HasNothingToSignOutOf()
    {
        Door.Open();

        Assert.Empty(Render<SettingsPage>().FindAll("form[action='/sign-out']"));
    }

    [Fact]
    public void Key_None_AsksForOneWithoutHelpFromTheBrowsersMemory()
    {
        var page = Render<SettingsPage>();

        var field = page.Find("#elevenlabs-key");
        Assert.Equal(("password", "off"), (field.GetAttribute("type"), field.GetAttribute("autocomplete")));
        Assert.Equal("API key", page.Find("label[for=elevenlabs-key]").TextContent);
        var link = page.Find(".key-panel a");
        Assert.StartsWith("https://elevenlabs.io", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
        Assert.Contains("as soon as there is a key", page.Find(".balance-panel").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, Account.Refreshes);
    }

    [Fact]
    public async Task Key_Taken_IsKeptAndTheGeneratorIsThereAtOnce()
    {
        Account.OnEnter = _ =>
        {
            Jobs.AddElevenLabs();
            return Task.FromResult<RenderFailure?>(null);
        };
        var page = Render<SettingsPage>();

        await EnterAsync(page, $"  {Key}\n");

        Assert.Equal([Key], Account.Entered);
        Assert.Equal("The key works and is kept.", Said(page));
        Assert.Empty(page.FindAll("#elevenlabs-key"));
        Assert.Contains("A key that was entered here is in use.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Ready", page.Find("li[aria-label=ElevenLabs]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Account.Refreshes);
        Assert.DoesNotContain(Key, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhileItIsChecked_SaysSoAndTakesNoSecondOne()
    {
        var answer = new TaskCompletionSource<RenderFailure?>();
        Account.OnEnter = _ => answer.Task;
        var page = Render<SettingsPage>();

        var entering = EnterAsync(page);

        page.WaitForAssertion(() => Assert.Equal("Checking the key with ElevenLabs.", Said(page)));
        Assert.NotNull(page.Find(".spinner"));
        Assert.True(Button(page, "Checking the key").HasAttribute("disabled"));
        Assert.True(page.Find("#elevenlabs-key").HasAttribute("readonly"));
        await page.Find(".key-form").SubmitAsync();
        answer.SetResult(null);
        await entering;
        Assert.Single(Account.Entered);
    }

    [Theory]
    [InlineData("ElevenLabs does not know this API key. Enter a key that is valid.", "invalid_key")]
    [InlineData("ElevenLabs does not answer. Check the connection and try again.", "unreachable")]
    public async Task Key_NotTaken_SaysWhyAtTheFieldAndNeverShowsTheKey(string message, string reason)
    {
        Account.OnEnter = _ => Task.FromResult<RenderFailure?>(RenderFailure.Server(message, reason));
        var page = Render<SettingsPage>();

        await EnterAsync(page);

        var field = page.Find("#elevenlabs-key");
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        var described = page.Find($"#{field.GetAttribute("aria-describedby")}");
        Assert.Equal((message, "alert"), (described.TextContent, described.GetAttribute("role")));
        Assert.Equal(KeySource.None, Account.Source);
        Assert.DoesNotContain(Key, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Empty_IsNotAskedAbout()
    {
        var page = Render<SettingsPage>();

        await EnterAsync(page, "  ");

        Assert.Equal("Paste the key first.", page.Find("#key-failure").TextContent);
        Assert.Empty(Account.Entered);
    }

    [Fact]
    public void Key_OfTheConfiguration_CannotBeChangedHereAndSaysWhere()
    {
        Account.Source = KeySource.Configuration;

        var page = Render<SettingsPage>();

        var panel = page.Find(".key-panel");
        Assert.Contains("MusicRender:ElevenLabs:ApiKey", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("ELEVENLABS_API_KEY", panel.TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.QuerySelectorAll("input, button"));
    }

    [Theory]
    [InlineData("Remove", 1)]
    [InlineData("Keep", 0)]
    public async Task Key_Removed_IsAskedForFirst(string answer, int removals)
    {
        Account.Source = KeySource.Entered;
        var dialogs = Render<MudDialogProvider>();
        var page = Render<SettingsPage>();

        var removing = Button(page, "Remove the key").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("MusicRender forgets it", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == answer).ClickAsync(new());
        await removing;

        Assert.Equal(removals, Account.Removals);
        Assert.Equal(removals == 1, page.FindAll("#elevenlabs-key").Count == 1);
        Assert.Equal(removals == 1 ? "The key is removed." : "", Said(page));
    }

    [Fact]
    public async Task Key_ThatCannotBeRemoved_SaysWhyAndStays()
    {
        Account.Source = KeySource.Entered;
        Account.RemoveFailure = RenderFailure.Server("The key could not be removed. Check the disk.", "catalogue");
        var dialogs = Render<MudDialogProvider>();
        var page = Render<SettingsPage>();

        var removing = Button(page, "Remove the key").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("button")));
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Remove").ClickAsync(new());
        await removing;

        Assert.Equal("The key could not be removed. Check the disk.", page.Find(".key-failure[role=alert]").TextContent);
        Assert.NotNull(Button(page, "Remove the key"));
    }

    [Fact]
    public void Key_ThatCannotBeReadAnyMore_SaysSo()
    {
        Account.Notice = "The key that was entered here can no longer be read.";

        var page = Render<SettingsPage>();

        Assert.Equal("The key that was entered here can no longer be read.", page.Find(".key-notice").TextContent);
        Assert.NotNull(page.Find("#elevenlabs-key"));
    }

    [Fact]
    public async Task Key_Another_CanBeEnteredOrNot()
    {
        Account.Source = KeySource.Entered;
        var page = Render<SettingsPage>();

        await Button(page, "Enter another key").ClickAsync(new());
        Assert.NotNull(page.Find("#elevenlabs-key"));
        await Button(page, "Keep the present key").ClickAsync(new());

        Assert.Empty(page.FindAll("#elevenlabs-key"));
        Assert.Empty(Account.Entered);
    }

    [Fact]
    public void Balance_IsShownWithWhatItIsWorth()
    {
        (Account.Source, Account.Balance) = (KeySource.Entered, FakeAccount.Creator with { AskedAt = Time.GetUtcNow() });

        var page = Render<SettingsPage>();

        var meter = page.Find("[role=meter][aria-label='Credits left']");
        Assert.Equal(("30000", "20000"), (meter.GetAttribute("aria-valuemax"), meter.GetAttribute("aria-valuenow")));
        Assert.Equal("width:66.7%", meter.QuerySelector("span")!.GetAttribute("style"));
        var text = page.Find(".balance-panel").TextContent;
        Assert.All(["20,000", "of 30,000 credits left", "Enough for about 22 min of music", "Creator", "13 Jan 1970", "just now"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("State", text, StringComparison.Ordinal);
        Assert.Equal(0, Account.Refreshes);
    }

    [Fact]
    public void Balance_OfAnAccountInTrouble_SaysSo()
    {
        (Account.Source, Account.Balance) = (KeySource.Entered, FakeAccount.Creator with { Status = "past_due", UsedCredits = 31_000, ResetsAt = null, AskedAt = Time.GetUtcNow() });

        var page = Render<SettingsPage>();

        Assert.Contains("Past due", page.Find(".balance-facts .warn").TextContent, StringComparison.Ordinal);
        Assert.Equal(("0", "low"), (page.Find("[role=meter]").GetAttribute("aria-valuenow"), page.Find("[role=meter] span").ClassName));
        Assert.DoesNotContain("Begins anew", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_NotToBeHad_SaysWhyAndKeepsWhatWasKnown()
    {
        (Account.Source, Account.Balance) = (KeySource.Configuration, FakeAccount.Creator);
        Account.OnRefresh = _ => Task.FromResult<RenderFailure?>(RenderFailure.Server("ElevenLabs does not answer.", "unreachable"));
        var page = Render<SettingsPage>();

        await Button(page, "Refresh the balance").ClickAsync(new());

        Assert.Equal(2, Account.Refreshes);
        Assert.Equal("ElevenLabs does not answer.", page.Find(".balance-failure[role=alert]").TextContent);
        Assert.Contains("20,000", page.Find(".balance-panel").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/compose/abc-_9/listen", "/compose/abc-_9/listen")]
    [InlineData("https://elsewhere.example/compose/abc/listen", null)]
    [InlineData("//elsewhere.example/compose/abc/listen", null)]
    [InlineData("/compose/abc/listen\nx", null)]
    [InlineData("javascript:alert(1)", null)]
    public void WayBack_LeadsToACompositionOrNowhere(string back, string? address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/settings?back={Uri.EscapeDataString(back)}");

        var page = Render<SettingsPage>();

        Assert.Equal(address, page.FindAll("a.back").SingleOrDefault()?.GetAttribute("href"));
    }

    [Fact]
    public async Task Page_Left_HearsNothingMore()
    {
        Account.Source = KeySource.Entered;
        var page = Render<SettingsPage>();
        Assert.True(Account.IsHeard);

        await page.Instance.DisposeAsync();

        Assert.False(Account.IsHeard);
    }
}
