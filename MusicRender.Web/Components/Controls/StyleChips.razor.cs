using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Controls;

/// <summary>A list of styles as chips: Enter or a comma adds, Backspace in the empty field removes the last. Under it are styles to choose from.</summary>
public sealed partial class StyleChips
{
    private const int MostSuggestions = 5;

    private readonly string _id = $"c{Guid.NewGuid():N}";
    private string _typed = "";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Styles { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> StylesChanged { get; set; }

    [Parameter]
    public bool IsUnwanted { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public string Placeholder { get; set; } = "";

    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>Styles to choose from, the best first; a few are shown, of those that go with what is typed.</summary>
    [Parameter]
    public IReadOnlyList<string> Suggestions { get; set; } = [];

    /// <summary>See <see cref="TextField.Keep"/>. What is kept is the style that is being typed; it becomes a chip when its field is gone.</summary>
    [Parameter]
    public string? Keep { get; set; }

    /// <inheritdoc/>
    protected override object Looks => (Label, Styles, IsUnwanted, ReadOnly, Placeholder, Keep, _typed, string.Join('\n', [.. Problems, "", .. Suggestions]));

    private LimitReading Count => new(Styles.Count, PlanLimits.MaxStyles);

    private List<string> Shown => Styles.Count >= PlanLimits.MaxStyles ? [] :
    [
        .. Suggestions.Except(Styles, StringComparer.OrdinalIgnoreCase)
            .Where(style => style.Contains(_typed.Trim(), StringComparison.OrdinalIgnoreCase))
            .Take(MostSuggestions),
    ];

    private async Task TypeAsync(string? text)
    {
        _typed = text ?? "";
        if (_typed.Contains(',', StringComparison.Ordinal))
        {
            await AddAsync();
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter" && !key.CtrlKey && !key.MetaKey)
        {
            await AddAsync();
        }
        else if (key.Key == "Backspace" && _typed.Length == 0 && Styles.Count > 0 && !ReadOnly)
        {
            await StylesChanged.InvokeAsync([.. Styles.SkipLast(1)]);
        }
    }

    private async Task AddAsync()
    {
        if (ReadOnly)
        {
            return;
        }

        var styles = TypedFields.With(Styles, _typed);
        _typed = "";
        if (!ReferenceEquals(styles, Styles))
        {
            await StylesChanged.InvokeAsync(styles);
        }
    }

    // What was typed of it is not a style of its own.
    private Task TakeAsync(string style)
    {
        _typed = "";
        return StylesChanged.InvokeAsync([.. Styles, style]);
    }

    private Task RemoveAsync(int index) => StylesChanged.InvokeAsync([.. Styles.Where((_, at) => at != index)]);
}
