using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>All voices that can sound at once; they are made once and used again.</summary>
internal sealed class Voices
{
    private const int Subtractive = 56;
    private const int Fm = 32;
    private const int Pluck = 48;

    private readonly Voice[] _subtractive = [.. Enumerable.Range(0, Subtractive).Select(_ => new SubtractiveVoice())];
    private readonly Voice[] _fm = [.. Enumerable.Range(0, Fm).Select(_ => new FmVoice())];
    private readonly Voice[] _pluck = [.. Enumerable.Range(0, Pluck).Select(_ => new PluckVoice())];
    private readonly List<Voice> _sounding = new(Subtractive + Fm + Pluck);
    private readonly HashSet<Voice> _fresh = new(Subtractive + Fm + Pluck);

    /// <summary>Gives a note to a free voice; when all are taken, to the one that is quietest.</summary>
    public Voice Begin(Note note, float pan, ulong noise)
    {
        var pool = Patches.Of(note.Timbre) switch { FmPatch => _fm, PluckPatch => _pluck, _ => _subtractive };
        var chosen = pool[0];
        foreach (var voice in pool)
        {
            if (!voice.IsActive)
            {
                chosen = voice;
                break;
            }

            if (voice.Loudness < chosen.Loudness)
            {
                chosen = voice;
            }
        }

        if (!_sounding.Contains(chosen))
        {
            _sounding.Add(chosen);
        }

        chosen.Begin(note, pan, noise);
        _fresh.Add(chosen);
        return chosen;
    }

    /// <summary>The voices that sound.</summary>
    public List<Voice> Sounding() => _sounding;

    /// <summary>True for a voice that began in this block and has rendered its share already.</summary>
    public bool IsFresh(Voice voice) => _fresh.Contains(voice);

    /// <summary>Ends a block: voices that are over become free.</summary>
    public void EndBlock()
    {
        _fresh.Clear();
        _sounding.RemoveAll(static voice => !voice.IsActive);
    }
}
