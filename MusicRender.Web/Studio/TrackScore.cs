using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>A word of the lyrics, and when it is sung, ms; −1 when nobody said.</summary>
public readonly record struct ScoreWord(string Text, int StartMs, int EndMs);

/// <summary>A section of a finished track, in place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StartMs">Its start, ms.</param>
/// <param name="EndMs">Its end, ms.</param>
/// <param name="Energy">1–5.</param>
/// <param name="Styles">The styles wanted in it.</param>
/// <param name="Lines">Its lyric lines, word by word.</param>
/// <param name="IsThere">False for a section that a partial take did not come to.</param>
public sealed record ScoreSection(
    string Name, int StartMs, int EndMs, int Energy, IReadOnlyList<string> Styles, IReadOnlyList<IReadOnlyList<ScoreWord>> Lines, bool IsThere = true);

/// <summary>What a player shows along a track: sections, lines and words in time.</summary>
public static class TrackScore
{
    /// <summary>The sections of a track; empty when it was made of a prompt alone.</summary>
    public static IReadOnlyList<ScoreSection> Of(Track track)
    {
        if (track.Composition is PromptComposition)
        {
            return [];
        }

        var sections = new List<ScoreSection>();
        var words = new WordQueue(track.Words ?? []);
        var at = 0;
        foreach (var section in PlanConversion.ToSections(track.Composition).Sections)
        {
            var end = at + section.DurationMs;
            words.Enter(at, end);
            IReadOnlyList<ScoreWord>[] lines = [.. section.Lines.Select(words.Take)];
            var isThere = !track.IsPartial || at < track.DurationMs;
            var heardTo = track.IsPartial && isThere ? Math.Min(end, track.DurationMs) : end;
            sections.Add(new ScoreSection(
                section.SectionName, at, heardTo, SectionEnergy.Of(section), section.PositiveLocalStyles, lines, isThere));
            at = end;
        }

        return sections;
    }

    /// <summary>Gives the words of lines their times, in order, until the two lists part.</summary>
    private sealed class WordQueue(IReadOnlyList<WordTiming> timings)
    {
        // How far words may stray over the border of their section.
        private const int Slack = 2_000;

        private int _next;
        private bool _isSung;

        /// <summary>A section in which no word falls was not sung: its lyrics do not take the times of what follows.</summary>
        internal void Enter(int startMs, int endMs)
        {
            while (_next < timings.Count && timings[_next].StartMs < startMs - Slack)
            {
                _next++;
            }

            _isSung = timings.Skip(_next).Any(timing => timing.StartMs >= startMs - Slack && timing.StartMs < endMs);
        }

        internal IReadOnlyList<ScoreWord> Take(string line) =>
            [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Time)];

        private static string Bare(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToUpperInvariant();

        private ScoreWord Time(string word)
        {
            if (_isSung && _next < timings.Count && Bare(timings[_next].Word) == Bare(word))
            {
                var timing = timings[_next++];
                return new ScoreWord(word, timing.StartMs, timing.EndMs);
            }

            return new ScoreWord(word, -1, -1);
        }
    }
}
