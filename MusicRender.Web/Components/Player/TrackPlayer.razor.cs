using System.Globalization;
using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Player;

/// <summary>The player of a finished track. The sound is the layout's: it goes on when this page is left.</summary>
public sealed partial class TrackPlayer
{
    private static readonly decimal[] Speeds = [0.5m, 0.75m, 1, 1.25m, 1.5m, 2];
    private static readonly (string Name, string Format)[] OtherFormats = [("WAV", "wav"), ("FLAC", "flac"), ("Opus", "opus")];
    private static readonly (string Name, string Top)[] Pitches = [("10 kHz", TopOf(10_000)), ("1 kHz", TopOf(1_000)), ("100 Hz", TopOf(100))];

    private readonly ScriptPart _script = new("./assets/player.js");
    private ElementReference _root;

    [Parameter, EditorRequired]
    public required Track Track { get; set; }

    /// <summary>The sections that can be heard.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ScoreSection> Sections { get; set; }

    private string Format => Path.GetExtension(Track.FileName).TrimStart('.').ToUpperInvariant();

    /// <summary>A track without a plan has no sections; all of a long one would be too much sound for a page.</summary>
    private bool CanLoop => Sections.Count > 0;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _script.StartAsync(JS, _root);
        }
    }

    /// <summary>Where a pitch lies in a spectrogram.</summary>
    private static string TopOf(double hz) => Percent(1 - (Math.Log2(hz / Spectrogram.LowestHz) / Math.Log2(Spectrogram.HighestHz / Spectrogram.LowestHz)));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.###}%");

    private string Share(ScoreSection section) => Percent((section.EndMs - section.StartMs) / (double)Math.Max(1, Track.DurationMs));

    private string Address(string verb) => $"/render/{verb}/{Uri.EscapeDataString(Track.FileName)}";
}
