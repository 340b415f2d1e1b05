using System.Globalization;
using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Player;

/// <summary>A finished track: player, plan, lyrics, facts, and what can be done with it.</summary>
public sealed partial class TrackView
{
    private IReadOnlyList<ScoreSection> _sections = [];
    private Track? _shown;
    private bool _isSung;
    private AudioFileFacts? _file;
    private string? _read;

    [Parameter, EditorRequired]
    public required Track Track { get; set; }

    /// <summary>The buttons below the player.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required ITrackFiles Files { get; set; }

    private IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            yield return (PlayerTexts.FactLength, Wording.Length(Track.DurationMs));
            if (Track.Song.Bpm is { } bpm)
            {
                yield return (PlayerTexts.FactTempo, PlayerTexts.FactTempoValue.With(bpm));
            }

            if (Track.Song.Key is { Length: > 0 } key)
            {
                yield return (PlayerTexts.FactKey, key);
            }

            if (Track.Song.Genres.Count > 0)
            {
                yield return (PlayerTexts.FactGenres, string.Join(", ", Track.Song.Genres));
            }

            if (PositiveStyles is { Count: > 0 } styles)
            {
                yield return (PlayerTexts.FactStyles, string.Join(", ", styles));
            }

            yield return (PlayerTexts.FactGenerator, Jobs.ShownNameOf(Track.Generator));
            yield return (PlayerTexts.FactSeed, Track.Seed.ToString(CultureInfo.InvariantCulture));
            yield return (PlayerTexts.FactMade, Wording.Moment(Track.CreatedAt));
            yield return (PlayerTexts.FactFormat, Format);
            yield return (PlayerTexts.FactSize, Wording.Size(Track.FileSizeBytes));
            yield return (PlayerTexts.FactFile, Track.FileName);
            if (Track.SongId is { Length: > 0 } song)
            {
                yield return (PlayerTexts.FactSongId, song);
            }
        }
    }

    /// <summary>"MP3, 192 kbit/s, 44.1 kHz, stereo".</summary>
    private string Format
    {
        get
        {
            var name = Path.GetExtension(Track.FileName).TrimStart('.').ToUpperInvariant();
            return _file is { } file
                ? PlayerTexts.FactFormatValue.With(name, file.Kilobits, file.SampleRate / 1000.0, file.IsMono ? PlayerTexts.Mono : PlayerTexts.Stereo)
                : name;
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

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Track.FileName)
        {
            _read = Track.FileName;
            _file = await Files.FactsAsync(Track, CancellationToken.None);
        }
    }
}
