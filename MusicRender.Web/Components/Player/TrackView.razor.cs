using System.Globalization;
using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Player;

/// <summary>A finished track: player, plan, lyrics, facts, and what can be done with it.</summary>
public sealed partial class TrackView
{
    private IReadOnlyList<ScoreSection> _sections = [];
    private Track? _shown;
    private bool _isSung;

    [Parameter, EditorRequired]
    public required Track Track { get; set; }

    /// <summary>The buttons below the player.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    private IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            yield return ("Length", Wording.Length(Track.DurationMs));
            if (Track.Song.Bpm is { } bpm)
            {
                yield return ("Tempo", string.Create(CultureInfo.InvariantCulture, $"{bpm:0.#} BPM"));
            }

            if (Track.Song.Key is { Length: > 0 } key)
            {
                yield return ("Key", key);
            }

            if (Track.Song.Genres.Count > 0)
            {
                yield return ("Genres", string.Join(", ", Track.Song.Genres));
            }

            if (PositiveStyles is { Count: > 0 } styles)
            {
                yield return ("Styles", string.Join(", ", styles));
            }

            yield return ("Generator", Jobs.ShownNameOf(Track.Generator));
            yield return ("Seed", Track.Seed.ToString(CultureInfo.InvariantCulture));
            yield return ("Format", Path.GetExtension(Track.FileName).TrimStart('.').ToUpperInvariant());
            yield return ("Size", Wording.Size(Track.FileSizeBytes));
            yield return ("File", Track.FileName);
            if (Track.SongId is { Length: > 0 } song)
            {
                yield return ("Song id", song);
            }
        }
    }

    private IReadOnlyList<string> PositiveStyles => (Track.Composition as CompositionPlan)?.PositiveGlobalStyles ?? [];

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Track))
        {
            _shown = Track;
            _sections = TrackScore.Of(Track);
            _isSung = _sections.Any(section => section.Lines.Count > 0);
        }
    }
}
