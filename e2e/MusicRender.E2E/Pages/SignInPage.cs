using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary><c>/sign-in</c>, and every page that somebody asks for who is not in.</summary>
public sealed class SignInPage(IPage page)
{
    /// <summary>Its heading.</summary>
    public ILocator Heading => page.Named(AriaRole.Heading, "Enter the access token");

    /// <summary>The field.</summary>
    public ILocator Token => page.GetByLabel("Access token");

    /// <summary>What was wrong.</summary>
    public ILocator Problem => page.GetByRole(AriaRole.Alert);

    /// <summary>The button.</summary>
    public ILocator SignIn => page.Named(AriaRole.Button, "Sign in");
}
