using Microsoft.AspNetCore.Components;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Controls;

public sealed partial class TextField
{
    /// <summary>More than any field may hold, and not so much that a browser labours on laying out one line of it.</summary>
    private const int HardLimit = 20_000;

    private readonly string _id = $"f{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter]
    public bool HideLabel { get; set; }

    /// <summary>Lines; 1 for a single-line field.</summary>
    [Parameter]
    public int Rows { get; set; } = 1;

    /// <summary>Characters allowed, shown by a counter; null for no counter.</summary>
    [Parameter]
    public int? Limit { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public string? InputClass { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>The name of <see cref="TypedFields"/> by which what is typed here is known, so that it survives a lost connection; null when it need not.</summary>
    [Parameter]
    public string? Keep { get; set; }

    /// <summary>True when the browser's own undo serves this field; false when the plan's does.</summary>
    [Parameter]
    public bool HasOwnUndo { get; set; } = true;

    /// <summary>What is wrong, beside the limit.</summary>
    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    private IReadOnlyList<string> Shown => Limit is { } limit && Value.Length > limit && Problems.Count == 0
        ? [LayoutTexts.OverLimit.With(Wording.Count(Value.Length - limit))]
        : Problems;

    private string? IsInvalid => Shown.Count > 0 ? "true" : null;

    private string? DescribedBy
    {
        get
        {
            var ids = new[]
            {
                Hint is null ? null : $"{_id}-hint",
                Limit is null ? null : $"{_id}-count",
                Shown.Count == 0 ? null : $"{_id}-problems",
            };
            var described = string.Join(' ', ids.OfType<string>());
            return described.Length == 0 ? null : described;
        }
    }

    private Task InputAsync(string? text) => ValueChanged.InvokeAsync(text ?? "");
}
