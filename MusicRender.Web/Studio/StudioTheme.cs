using MudBlazor;

namespace MusicRender.Web.Studio;

/// <summary>
/// The studio's MudBlazor theme: type, radii and motion. Colours are tokens of <c>wwwroot-assets/css/tokens.css</c>, to
/// which <c>mud.css</c> binds MudBlazor's palette, so that dark and light change without a word from the server.
/// </summary>
internal static class StudioTheme
{
    private static readonly string[] Body = ["Hanken Grotesk Variable", "system-ui", "sans-serif"];

    internal static readonly MudTheme Theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Body, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "0" },
            Button = new ButtonTypography
            {
                FontFamily = Body,
                FontSize = "1rem",
                FontWeight = "600",
                LineHeight = "1.25",
                LetterSpacing = "0",
                TextTransform = "none",
            },
        },
    };
}
