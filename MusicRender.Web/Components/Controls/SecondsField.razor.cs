using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MusicRender.Web.Components.Controls;

/// <summary>A length in seconds, kept in milliseconds. Half-typed numbers stay as typed.</summary>
public sealed partial class SecondsField
{
    private const double MostSeconds = 100_000;

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

    /// <summary>The milliseconds of a number of seconds as typed; null when it is none.</summary>
    internal static int? MillisecondsOf(string text) => Parse(text);

    protected override void OnParametersSet()
    {
        if (Milliseconds != _given && Parse(_text) != Milliseconds)
        {
            Tidy();
        }

        _given = Milliseconds;
    }

    private static string Seconds(int milliseconds) =>
        (milliseconds / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    private static int? Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? (int)Math.Round(Math.Min(seconds, MostSeconds) * 1000)
            : null;

    private async Task InputAsync(string? text)
    {
        _text = text ?? "";
        if (Parse(_text) is { } milliseconds && milliseconds != Milliseconds)
        {
            await MillisecondsChanged.InvokeAsync(milliseconds);
        }
    }

    private void Tidy() => _text = Seconds(Milliseconds);
}
