using System.Globalization;

namespace MusicRender.Engine.Audio;

/// <summary>The colours of spectrograms, silence to full: those of the studio's themes (wwwroot-assets/css/tokens.css).</summary>
public static class SpectrogramColours
{
    /// <summary>On dark: sunken, a calm section, the accent, ink.</summary>
    public static IReadOnlyList<string> Dark { get; } = ["#0b0e0f", "#12242a", "#2f5a66", "#6fa8b8", "#ffb454", "#fff3df"];

    /// <summary>On light: sunken, wave, the accent, ink.</summary>
    public static IReadOnlyList<string> Light { get; } = ["#e8e4d9", "#dccbb0", "#c88f58", "#a84300", "#5e2600", "#1a2022"];

    /// <summary>A palette of three bytes a level, red, green, blue, evenly between some colours.</summary>
    public static byte[] Palette(IReadOnlyList<string> colours, int levels = Spectrogram.Levels)
    {
        var palette = new byte[3 * levels];
        for (var level = 0; level < levels; level++)
        {
            var at = (double)level * (colours.Count - 1) / (levels - 1);
            var from = Math.Min((int)at, colours.Count - 2);
            for (var channel = 0; channel < 3; channel++)
            {
                var (a, b) = (Channel(colours[from], channel), Channel(colours[from + 1], channel));
                palette[(3 * level) + channel] = (byte)Math.Round(a + ((b - a) * (at - from)));
            }
        }

        return palette;
    }

    private static int Channel(string colour, int channel) =>
        int.Parse(colour.AsSpan(1 + (2 * channel), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
