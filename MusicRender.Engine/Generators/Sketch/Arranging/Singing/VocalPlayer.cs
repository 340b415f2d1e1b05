using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>Sets the lyrics of the sections to notes.</summary>
/// <param name="song">The song.</param>
/// <param name="seed">The seed of the render.</param>
internal sealed class VocalPlayer(SongReading song, int seed)
{
    private const double LongestHold = 1.9;
    private const double Breath = 0.3;
    private const double MelismaFrom = 0.85;

    private readonly LyricReader _reader = new(LyricLanguages.Guess(song.Sections.SelectMany(section => section.Lines)));
    private readonly PhoneWriter _writer = new();
    private readonly List<(long Start, long End)> _doubled = [];

    /// <summary>Sings a section, and notes in its plan when it is sung.</summary>
    /// <param name="plan">The section.</param>
    /// <param name="tune">The section's tune, as an instrument would play it.</param>
    public void Sing(SectionPlan plan, IReadOnlyList<TunePitch> tune)
    {
        var lines = plan.Section.Lines.Select(_reader.Read).Where(line => line.Count > 0).ToList();
        if (lines.Count == 0)
        {
            _writer.Rest(plan.Grid.End);
            return;
        }

        if (song.Singer.IsChoir || (song.Singer.DoublesChoruses && plan.Section.Form is SectionForm.Chorus or SectionForm.Drop))
        {
            _doubled.Add((plan.Grid.Start, plan.Grid.End));
        }

        var onsets = tune.Select(note => (int)Math.Round((double)((note.Bar * plan.Grid.StepsPerBar) + note.Step))).ToHashSet();
        var rhythm = new SyllableRhythm(song.Metre, plan.Grid.StepFrames / PcmFormat.SampleRate, onsets.Contains);
        var pitches = new VocalTune(plan, tune, rhythm);

        // The same form is sung the same way each time it comes back.
        var random = new SeededRandom(seed, $"melisma {plan.Section.Form}");
        var windows = LineLayout.Of(plan.Grid, [.. lines.Select(SyllablesOf)]);
        var after = lines.Sum(SyllablesOf);
        for (var index = 0; index < lines.Count; index++)
        {
            after -= SyllablesOf(lines[index]);
            var (start, end) = Line(plan, lines[index], windows[index], rhythm, pitches, plan.Grid.End - after, ref random);
            plan.Sung.Add((start, end));
        }

        _writer.EndSection(plan.Grid.End);
    }

    /// <summary>All that was sung.</summary>
    public Vocals Vocals() => _writer.Words.Count == 0
        ? Singing.Vocals.None
        : new Vocals { Singer = song.Singer, Phones = [.. _writer.Phones], Notes = [.. _writer.Notes], Words = [.. _writer.Words], Doubled = [.. _doubled] };

    private (long Start, long End) Line(
        SectionPlan plan, IReadOnlyList<LyricWord> words, (double From, double To) window, SyllableRhythm rhythm, VocalTune tune, long latest, ref SeededRandom random)
    {
        var grid = plan.Grid;
        var syllables = words.SelectMany(word => word.Syllables).ToList();
        var second = PcmFormat.SampleRate / grid.StepFrames;
        var breath = Math.Min(Breath * second, (window.To - window.From) * 0.16);
        var last = window.To - breath;
        double[] steps = rhythm.Place([.. syllables.Select(syllable => syllable.IsStressed)], (int)Math.Ceiling(window.From - 1e-6), (int)Math.Floor(last + 1e-6)) is { } placed
            ? [.. placed.Select(step => (double)step)]
            : [.. Enumerable.Range(0, syllables.Count).Select(index => window.From + ((last - window.From) * index / (syllables.Count + 0.7)))];
        var end = Math.Min(last, steps[^1] + (LongestHold * second));
        double[] lengths = [.. steps.Select((step, index) => (index + 1 < steps.Length ? steps[index + 1] : end) - step)];
        var pitches = tune.Sing(steps, lengths);

        // On the grid as the band plays it, swing included; between its steps where there are too many syllables.
        var frames = steps.Append(end).Select(step => Math.Min(grid.FrameOf(0, step), grid.End)).ToArray();
        var notes = new List<(long Start, int Pitch)>[syllables.Count];
        for (var index = 0; index < notes.Length; index++)
        {
            notes[index] = [(frames[index], pitches[index])];
        }

        if (lengths[^1] > MelismaFrom * second && song.Singer.Delivery is not (Delivery.Rapped or Delivery.Whispered) && random.Chance(0.55))
        {
            notes[^1] = Melisma(frames[^2], frames[^1], pitches[^1], tune, random.Chance(0.6) ? 1 : -1, lengths[^1] > 1.5 * second);
        }

        var velocity = 0.55f + (0.35f * (float)plan.Section.Energy);
        return _writer.Write(words, frames, notes, velocity, grid.Start, latest);
    }

    private static int SyllablesOf(IReadOnlyList<LyricWord> line) => line.Sum(word => word.Syllables.Count);

    // Over the neighbour, or round the tone, and home.
    private static List<(long Start, int Pitch)> Melisma(long start, long end, int home, VocalTune tune, int direction, bool isLong)
    {
        var unit = Math.Min((end - start) / 4, (long)(0.34 * PcmFormat.SampleRate));
        var neighbour = tune.Neighbour(home, direction);
        return isLong
            ? [(start, home), (start + unit, neighbour), (start + (2 * unit), home)]
            : [(start, neighbour), (start + unit, home)];
    }
}
