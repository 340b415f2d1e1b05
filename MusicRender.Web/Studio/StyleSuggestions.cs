using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Web.Studio;

/// <summary>Styles to choose from, by the plan's genre and what a section is in the song.</summary>
/// <param name="plan">The plan.</param>
/// <param name="music">What is read in it.</param>
public sealed class StyleSuggestions(CompositionPlan plan, PlanMusic music)
{
    private static readonly string[] Parts = ["vocals", "drums", "bass", "reverb"];

    /// <summary>The presets of sounds that are at home in the genre.</summary>
    private readonly SoundProfile? _profile = Presets.Sounds.FirstOrDefault(sound => sound.Genres.Contains(music.Genre))
        ?? Presets.Sounds.FirstOrDefault(sound => sound.Genres.Any(genre => genre.Contains(music.Genre, StringComparison.OrdinalIgnoreCase) || music.Genre.Contains(genre, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Styles for a section, wanted: what suits its place, then sounds of the genre.</summary>
    public IReadOnlyList<string> WantedIn(int index) => Less([.. Of(index).Wanted, .. music.Sounds, .. Colours], plan.PositiveGlobalStyles);

    /// <summary>Styles for a section, unwanted.</summary>
    public IReadOnlyList<string> UnwantedIn(int index) => Less([.. Of(index).Unwanted, .. Parts], plan.NegativeGlobalStyles);

    /// <summary>Styles for the whole track, wanted: the tempo, the genre, its sounds, moods and ways to produce it.</summary>
    public IReadOnlyList<string> WantedEverywhere() =>
        Less([.. HasTempo ? Array.Empty<string>() : [$"{Math.Round(music.Bpm)} bpm"], music.Genre, .. music.Sounds.Take(3), .. _profile?.Moods ?? [], .. _profile?.Textures ?? [], .. Colours], []);

    /// <summary>Styles for the whole track, unwanted.</summary>
    public IReadOnlyList<string> UnwantedEverywhere() => Less([.. _profile?.Unwanted ?? [], "vocals", "fade out", "distortion"], []);

    private bool HasTempo => plan.PositiveGlobalStyles.Any(style => style.Contains("bpm", StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<string> Colours => _profile?.ColourInstruments ?? [];

    private (IReadOnlyList<string> Wanted, IReadOnlyList<string> Unwanted) Of(int index)
    {
        var section = plan.Sections[index];
        return SectionIdeas.Of(
            section.SectionName,
            music.Sounds,
            plan.Sections.Take(index).Select(before => before.SectionName),
            section.Lines.Count > 0,
            plan.Sections.Any(other => other.Lines.Count > 0));
    }

    private static string[] Less(IEnumerable<string> ideas, IReadOnlyList<string> taken) =>
        [.. ideas.Distinct(StringComparer.OrdinalIgnoreCase).Except(taken, StringComparer.OrdinalIgnoreCase)];
}
