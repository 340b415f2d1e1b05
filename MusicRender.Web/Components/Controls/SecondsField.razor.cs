using Microsoft.AspNetCore.Components;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Controls;

/// <summary>A length in seconds, kept in milliseconds. Half-typed numbers stay as typed.</summary>
public sealed partial class SecondsField
{
    private readonly string _id = $"s{Guid.NewGuid():N}";
    private string _text = "";
    private int? _given;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required int Milliseconds { get; set; }

    [Parameter]
    public EventCallback<int> MillisecondsChanged { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>The same length another way: "8 bars".</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>See <see cref="TextField.Keep"/>.</summary>
    [Parameter]
    public string? Keep { get; set; }

    protected override void OnParametersSet()
    {
        if (Milliseconds != _given && TypedFields.ParseSeconds(_text) != Milliseconds)
        {
            Tidy();
        }

        _given = Milliseconds;
    }

    private async Task InputAsync(string? text)
    {
        _text = text ?? "";
        if (TypedFields.ParseSeconds(_text) is { } milliseconds && milliseconds != Milliseconds)
        {
            await MillisecondsChanged.InvokeAsync(milliseconds);
        }
    }

    private void Tidy() => _text = TypedFields.SecondsOf(Milliseconds);
}
