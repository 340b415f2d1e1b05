using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>
/// Finds the pitch of each note of a tune: near where it wants to lie and near the note before it; on beats and when it is
/// long a tone of the chord, in between any tone of the tune's scale that does not rub against the chord.
/// </summary>
/// <param name="scale">The tones between those of the chord.</param>
/// <param name="key">The key.</param>
/// <param name="tonic">The tonic around which the tune lies, MIDI number.</param>
internal sealed class TuneFitter(TuneScale scale, MusicalKey key, int tonic)
{
    private const int Below = 5;
    private const int Above = 17;

    private int? _previous;
    private int? _degree;

    /// <summary>The pitch of the next note.</summary>
    public int Next(TuneNote note, Chord chord, bool isStrong)
    {
        var wish = PitchOf(note.Degree);
        var (best, least) = (wish, double.MaxValue);
        for (var pitch = tonic - Below; pitch <= tonic + Above; pitch++)
        {
            var cost = CostOf(pitch, wish, chord, isStrong || note.IsClose) + Manners(pitch, note, chord);
            if (cost < least)
            {
                (best, least) = (pitch, cost);
            }
        }

        (_previous, _degree) = (best, note.Degree);
        return best;
    }

    private double CostOf(int pitch, int wish, Chord chord, bool isStrong)
    {
        var ofChord = chord.Contains(pitch);
        if (!ofChord && (isStrong || !IsOfScale(pitch)))
        {
            return double.PositiveInfinity;
        }

        // A semitone above a tone of the chord is the one that rubs.
        return Math.Abs(pitch - wish) + (!ofChord && chord.Contains(pitch - 1) ? 3 : 0);
    }

    private double Manners(int pitch, TuneNote note, Chord chord)
    {
        // A phrase comes to rest on root, third or fifth.
        var interval = (((pitch - chord.Root) % 12) + 12) % 12;
        var cost = note.IsClose && interval is not (0 or 3 or 4 or 7) ? 2.0 : 0;
        if (_previous is not { } previous)
        {
            return cost;
        }

        // It moves where it wants to move; it moves by step rather than by leap; nobody sings tritones for pleasure.
        var leap = Math.Abs(pitch - previous);
        cost += leap switch { 0 => note.Degree == _degree ? 0 : 2.2, <= 4 => 0, <= 7 => 0.6, 12 => 1.5, _ => leap * 0.4 };
        return cost + (leap is 6 or 11 ? 1.5 : 0);
    }

    private int PitchOf(int degree)
    {
        var octave = (int)Math.Floor(degree / 7.0);
        return tonic + (12 * octave) + key.Scale[degree - (7 * octave)];
    }

    private bool IsOfScale(int pitch) => scale switch
    {
        TuneScale.Pentatonic => key.IsPentatonic(pitch) && key.Contains(pitch),
        TuneScale.Blues => (((pitch - key.Tonic) % 12) + 12) % 12 is 0 or 3 or 5 or 6 or 7 or 10,
        _ => key.Contains(pitch),
    };
}
