using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A note of a tune before it knows its chord.</summary>
/// <param name="Bar">Bar of the tune, from 0.</param>
/// <param name="Step">Step in the bar.</param>
/// <param name="Steps">Length in steps.</param>
/// <param name="Degree">Scale steps above the tonic at which it wants to lie.</param>
/// <param name="IsClose">True for the long note at the end of a phrase.</param>
internal readonly record struct TuneNote(int Bar, int Step, int Steps, int Degree, bool IsClose = false);

/// <summary>
/// A tune of eight bars in two phrases of four: a motif, its answer, the motif again or a step away, a close; the second
/// phrase begins like the first, climbs, and comes home. Its notes are wishes; each time it is played they fit themselves
/// to the chords of the place.
/// </summary>
internal sealed class Tune
{
    /// <summary>Bars of a tune.</summary>
    public const int Bars = 8;

    private readonly List<TuneNote> _notes = [];

    private Tune()
    {
    }

    /// <summary>The motif: the notes of its first bar.</summary>
    public IReadOnlyList<TuneNote> Motif => [.. _notes.Where(note => note.Bar == 0)];

    /// <summary>Invents a tune.</summary>
    /// <param name="rhythms">The genre's rhythms of a bar, as strokes.</param>
    /// <param name="metre">The bar.</param>
    /// <param name="centre">Scale steps above the tonic around which it lies.</param>
    /// <param name="phrasing">How its phrases follow each other.</param>
    /// <param name="random">Its stream.</param>
    public static Tune Invent(IReadOnlyList<List<Stroke>> rhythms, Metre metre, int centre, Phrasing phrasing, SeededRandom random)
    {
        var first = random.Below(rhythms.Count);
        var second = (first + 1 + random.Below(rhythms.Count - 1)) % rhythms.Count;
        var motif = Phrase(rhythms[first], centre, random.Below(3) > 0 ? 1 : -1, ref random);
        var answer = Phrase(rhythms[second], centre + 1, -1, ref random);

        // A hook says its motif twice; a song tells on. The third time it comes a step away.
        var isHook = random.Chance(0.4);
        var sequence = random.Pick<int>([0, 0, 1, -1, 2]);
        var tune = new Tune();
        tune.Append(0, motif);
        tune.Append(1, isHook ? Moved(motif, -1) : answer);
        tune.Append(2, isHook ? motif : Moved(motif, sequence));
        tune.Close(3, answer, metre, random.Pick<int>([1, 2, 4]));
        tune.Append(4, motif);
        tune.Append(5, isHook ? Moved(motif, 2) : Moved(answer, 1));
        tune.Append(6, Moved(motif, 2 + Math.Abs(sequence)));
        tune.Close(7, answer, metre, random.Pick<int>([0, 0, 7]));
        if (phrasing == Phrasing.CallAndResponse)
        {
            tune._notes.RemoveAll(note => note.Bar % 4 == 3 || (note.Bar % 4 == 2 && note.Step >= metre.StepsPerBar / 2));
        }

        return tune;
    }

    /// <summary>The tune upside down about a degree: for bridges.</summary>
    public Tune Inverted(int centre) => Changed(note => note with { Degree = (2 * centre) - note.Degree });

    /// <summary>Every second note, held: for breakdowns and intros, which remember the tune rather than play it.</summary>
    public Tune Thinned(Metre metre)
    {
        var thin = new Tune();
        for (var bar = 0; bar < Bars; bar++)
        {
            var kept = _notes.Where(note => note.Bar == bar).OrderBy(note => note.Step).Where((_, index) => index % 2 == 0).ToList();
            for (var index = 0; index < kept.Count; index++)
            {
                var end = index + 1 < kept.Count ? kept[index + 1].Step : metre.StepsPerBar;
                thin._notes.Add(kept[index] with { Steps = end - kept[index].Step });
            }
        }

        return thin;
    }

    /// <summary>With a passing note in each of its longer steps: for solos.</summary>
    public Tune Ornamented(Metre metre)
    {
        var rich = new Tune();
        var half = metre.StepsPerBeat / 2;
        foreach (var note in _notes)
        {
            if (note.IsClose || note.Steps < metre.StepsPerBeat || half == 0)
            {
                rich._notes.Add(note);
                continue;
            }

            rich._notes.Add(note with { Steps = half });
            rich._notes.Add(note with { Step = note.Step + half, Steps = note.Steps - half, Degree = note.Degree + (note.Bar % 2 == 0 ? 1 : -1) });
        }

        return rich;
    }

    /// <summary>The notes of a bar in order; the tune comes round every <see cref="Bars"/> bars.</summary>
    public IEnumerable<TuneNote> NotesOf(int bar) => _notes.Where(note => note.Bar == bar % Bars).OrderBy(note => note.Step);

    private static List<TuneNote> Phrase(List<Stroke> strokes, int centre, int direction, ref SeededRandom random)
    {
        var notes = new List<TuneNote>();
        var degree = centre + (2 * random.Below(2)) - (direction > 0 ? 1 : 0);
        var leapt = false;
        foreach (var stroke in strokes)
        {
            notes.Add(new TuneNote(0, stroke.Step, stroke.Steps, degree));

            // Mostly by step; a leap now and then, after which it turns back; repeated notes; back towards the centre when it strays.
            if (leapt)
            {
                degree -= direction;
                direction = -direction;
                leapt = false;
                continue;
            }

            if (Math.Abs(degree - centre) > 3)
            {
                direction = degree > centre ? -1 : 1;
            }
            else if (random.Chance(0.2))
            {
                direction = -direction;
            }

            var move = random.Below(12) switch { 0 or 1 => 0, < 8 => 1, < 10 => 2, 10 => 3, _ => 4 };
            leapt = move > 2;
            degree += move * direction;
        }

        return notes;
    }

    private static List<TuneNote> Moved(List<TuneNote> phrase, int degrees) => [.. phrase.Select(note => note with { Degree = note.Degree + degrees })];

    private Tune Changed(Func<TuneNote, TuneNote> change)
    {
        var changed = new Tune();
        changed._notes.AddRange(_notes.Select(change));
        return changed;
    }

    private void Append(int bar, List<TuneNote> phrase) => _notes.AddRange(phrase.Select(note => note with { Bar = bar }));

    // The answer's beginning, then one long note, and a breath before the next phrase.
    private void Close(int bar, List<TuneNote> answer, Metre metre, int degree)
    {
        var half = (metre.Beats + 1) / 2 * metre.StepsPerBeat;
        Append(bar, [.. answer.Where(note => note.Step + note.Steps <= half)]);
        _notes.Add(new TuneNote(bar, half, Math.Max(1, metre.StepsPerBar - half - (metre.StepsPerBeat / 2)), degree, IsClose: true));
    }
}
