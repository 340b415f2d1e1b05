using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A note of a tune before it knows its chord.</summary>
/// <param name="Bar">Bar of the tune, from 0.</param>
/// <param name="Step">Step in the bar.</param>
/// <param name="Steps">Length in steps.</param>
/// <param name="Degree">Scale steps above the tonic around which the tune lies.</param>
internal readonly record struct TuneNote(int Bar, int Step, int Steps, int Degree);

/// <summary>
/// A tune of four bars, a b a c: a motif, its answer, the motif again, a close on a long note. Its notes are degrees;
/// each time it is played they fit themselves to the chords of the place.
/// </summary>
internal sealed class Tune
{
    /// <summary>Bars of a tune.</summary>
    public const int Bars = 4;

    private readonly List<TuneNote> _notes = [];

    /// <summary>Invents a tune.</summary>
    /// <param name="rhythms">The genre's rhythms of a bar.</param>
    /// <param name="metre">The bar.</param>
    /// <param name="centre">Scale steps above the tonic around which it lies.</param>
    /// <param name="random">Its stream.</param>
    public Tune(IReadOnlyList<string> rhythms, Metre metre, int centre, SeededRandom random)
    {
        var first = random.Below(rhythms.Count);
        var second = (first + 1 + random.Below(rhythms.Count - 1)) % rhythms.Count;
        var motif = Phrase(Rhythm.Of(rhythms[first], metre, 0), centre, random.Below(2) == 0 ? 1 : -1, ref random);
        var answer = Phrase(Rhythm.Of(rhythms[second], metre, 0), centre + 1, -1, ref random);
        Append(0, motif);
        Append(1, answer);
        Append(2, motif);

        // The close: the answer's beginning, then one long note on the tonic, third or fifth.
        var half = metre.StepsPerBar / 2;
        Append(3, [.. answer.Where(note => note.Step + note.Steps <= half)]);
        _notes.Add(new TuneNote(3, half, metre.StepsPerBar - half, random.Pick(new[] { 0, 2, 4, 7 })));
    }

    /// <summary>The notes of a bar; the tune comes round every <see cref="Bars"/> bars.</summary>
    public IEnumerable<TuneNote> NotesOf(int bar) => _notes.Where(note => note.Bar == bar % Bars);

    private static List<TuneNote> Phrase(List<Stroke> strokes, int centre, int direction, ref SeededRandom random)
    {
        var notes = new List<TuneNote>();
        var degree = centre + (2 * random.Below(2));
        foreach (var stroke in strokes)
        {
            notes.Add(new TuneNote(0, stroke.Step, stroke.Steps, degree));

            // Mostly by step, now and then a leap or a repeated note; back towards the centre when it strays.
            var move = random.Below(10) switch { 0 => 0, 1 => 0, < 6 => 1, < 9 => 2, _ => 3 };
            if (degree > centre + 4 || degree < centre - 3)
            {
                direction = degree > centre ? -1 : 1;
            }
            else if (random.Chance(0.3))
            {
                direction = -direction;
            }

            degree += move * direction;
        }

        return notes;
    }

    private void Append(int bar, List<TuneNote> phrase) => _notes.AddRange(phrase.Select(note => note with { Bar = bar }));
}
