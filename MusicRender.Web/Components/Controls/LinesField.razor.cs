using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Controls;

/// <summary>Lyric lines as text, each with its syllables beside it. Empty lines are no lyric lines, but stay while somebody types.</summary>
public sealed partial class LinesField
{
    // More lines than a section may have are seen too, so that they can be taken out.
    private const int MostRows = 4 * PlanLimits.MaxLines;

    private readonly string _id = $"l{Guid.NewGuid():N}";
    private string _text = "";

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Lines { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> LinesChanged { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>Counts the syllables of a line; null for no counts.</summary>
    [Parameter]
    public Func<string, int>? Syllables { get; set; }

    /// <summary>See <see cref="TextField.Keep"/>.</summary>
    [Parameter]
    public string? Keep { get; set; }

    private LimitReading Count => new(Lines.Count, PlanLimits.MaxLines);

    private int InAll => Syllables is null ? 0 : Lines.Sum(Syllables);

    /// <summary>What stands in the field, line by line, empty ones too.</summary>
    private string[] Typed => _text.ReplaceLineEndings("\n").Split('\n');

    protected override void OnParametersSet()
    {
        if (!TypedFields.ParseLines(_text).SequenceEqual(Lines))
        {
            _text = string.Join('\n', Lines);
        }
    }

    private async Task InputAsync(string? text)
    {
        _text = text ?? "";
        var lines = TypedFields.ParseLines(_text);
        if (!lines.SequenceEqual(Lines))
        {
            await LinesChanged.InvokeAsync(lines);
        }
    }
}
