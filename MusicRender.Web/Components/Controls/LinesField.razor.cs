using Microsoft.AspNetCore.Components;

namespace MusicRender.Web.Components.Controls;

/// <summary>Lyric lines as text. Empty lines are no lyric lines, but stay while somebody types.</summary>
public sealed partial class LinesField
{
    private string _text = "";

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Lines { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> LinesChanged { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>See <see cref="TextField.Keep"/>.</summary>
    [Parameter]
    public string? Keep { get; set; }

    /// <summary>The lyric lines of a text.</summary>
    internal static IReadOnlyList<string> LinesOf(string text) => Parse(text);

    protected override void OnParametersSet()
    {
        if (!Parse(_text).SequenceEqual(Lines))
        {
            _text = string.Join('\n', Lines);
        }
    }

    private static string[] Parse(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task InputAsync(string text)
    {
        _text = text;
        var lines = Parse(text);
        if (!lines.SequenceEqual(Lines))
        {
            await LinesChanged.InvokeAsync(lines);
        }
    }
}
