using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A studio that wants its token.</summary>
public sealed class SignInJourneys(Studio studio, GuardedStudio guarded) : Journey(studio), IClassFixture<GuardedStudio>
{
    private const string Token = GuardedStudio.Token;

    [Fact]
    public async Task Link_Opened_LeadsIntoTheStudioAndOutOfTheAddress()
    {
        var visit = await VisitAsync(guarded.Program.Address, $"/sign-in#{Token}");
        var start = new StartPage(visit.Page);
        await Assertions.Expect(start.Blank).ToBeVisibleAsync();
        Assert.Equal(guarded.Program.Address.ToString(), visit.Page.Url);

        // The circuit, its scripts and its sound are behind the same door.
        var choose = await start.BeginBlankAsync();
        await choose.Card("Mini song").CheckAsync();
        await choose.Card("Indie band").CheckAsync();
        await choose.Card("Balanced").CheckAsync();
        await choose.Continue.ClickAsync();
        var plan = await new StoryPage(visit.Page).WriteAsync("A key under a flower pot, and nobody knows which.");
        await plan.MakeThePlanAsync();
        var listen = await (await plan.RenderAsync()).FinishAsync();
        await listen.DrawnAsync();
        await listen.Play.ClickAsync();
        await listen.PassAsync(0.2);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(listen.Position).ToBeVisibleAsync();
        Assert.DoesNotContain(Token, guarded.Program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_WithoutScript_TypesTheTokenAndComesToThePageAskedFor()
    {
        await using var context = await Studio.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = guarded.Program.Address.ToString(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        var refused = await page.GotoAsync("/library?query=rain");
        var signIn = new SignInPage(page);
        Assert.Equal(401, refused!.Status);
        await signIn.Token.FillAsync("not-the-token-of-this");
        await signIn.SignIn.ClickAsync();
        await Assertions.Expect(signIn.Problem).ToHaveTextAsync("That is not the access token of this server.");
        await signIn.Token.FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/library?query=rain");
        await Assertions.Expect(page.Locator("#boot")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Person_WhoSignsOut_IsAskedForTheTokenAgain()
    {
        var visit = await VisitAsync(guarded.Program.Address, $"/sign-in#{Token}");
        visit.Expect("401");
        await Assertions.Expect(new StartPage(visit.Page).Blank).ToBeVisibleAsync();
        await visit.GoToAsync("/settings");
        await visit.Page.Named(AriaRole.Button, "Sign out").ClickAsync();
        await visit.Page.WaitForURLAsync("**/sign-in");
        var signIn = new SignInPage(visit.Page);
        await Assertions.Expect(signIn.Heading).ToBeVisibleAsync();
        Assert.DoesNotContain(await visit.Page.Context.CookiesAsync(), cookie => cookie.Name == "musicrender.access");
        await visit.GoToAsync("/library");
        await Assertions.Expect(signIn.Heading).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task SignInPage_InAnyWindowAndTheme_IsTheStudiosOwn(int width, int height)
    {
        var visit = await PrepareAsync(guarded.Program.Address, width, height);
        visit.Expect("401");
        var signIn = new SignInPage(visit.Page);
        foreach (var theme in (string[])["dark", "light"])
        {
            await visit.GoToAsync("/");
            await visit.Page.EvaluateAsync("theme => localStorage.setItem('musicrender.theme', theme)", theme);
            await visit.GoToAsync("/");
            await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await Assertions.Expect(signIn.Token).ToBeFocusedAsync();
            await signIn.Token.FillAsync("not-the-token-of-this");
            await signIn.Token.PressAsync("Enter");
            await Assertions.Expect(signIn.Problem).ToBeVisibleAsync();
            await Layout.CheckAsync(visit.Page);
            await visit.Page.ExpectAccessibleAsync("the sign-in page");
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.fonts.check('16px \"Hanken Grotesk Variable\"') && getComputedStyle(document.querySelector('button')).backgroundColor !== 'rgba(0, 0, 0, 0)'"));
        }
    }
}
