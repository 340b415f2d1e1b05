using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary><c>/settings</c>: generators, key, balance.</summary>
public sealed class SettingsPage(IPage page)
{
    /// <summary>Where a key is pasted.</summary>
    public ILocator Key => page.GetByLabel("API key");

    /// <summary>Checks what was pasted.</summary>
    public ILocator Check => page.Named(AriaRole.Button, "Check and keep");

    /// <summary>Why a key was not taken.</summary>
    public ILocator Refusal => page.Locator("#key-failure");

    /// <summary>Forgets the key, after a question.</summary>
    public ILocator Remove => page.Named(AriaRole.Button, "Remove the key");

    /// <summary>What is left.</summary>
    public ILocator CreditsLeft => page.Named(AriaRole.Meter, "Credits left");

    /// <summary>Asks for the balance now.</summary>
    public ILocator Refresh => page.Named(AriaRole.Button, "Refresh the balance");

    /// <summary>The way back to where somebody came from.</summary>
    public ILocator Back => page.Named(AriaRole.Link, "Back to the composition");

    /// <summary>A generator by its name.</summary>
    public ILocator Generator(string name) => page.Named(AriaRole.List, "Generators").Named(AriaRole.Listitem, name);

    /// <summary>Pastes a key and has it checked.</summary>
    public async Task EnterAsync(string key)
    {
        await Key.FillAsync(key);
        await Check.ClickAsync();
    }
}
