using System.Globalization;

namespace MusicRender.Web.Texts;

/// <summary>Puts values into the texts of the resource files.</summary>
public static class TextFormat
{
    /// <summary>The text with its {0}, {1} … filled, numbers and dates as the reader's culture writes them.</summary>
    public static string With(this string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
