using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>All voices that can sound at once; they are made once and used again.</summary>
internal sealed class Voices
{
    private const int Subtractive = 64;
    private const int Fm = 40;
    private const int Pluck = 64;
    private const int Modal = 40;

    private readonly Voice[] _subtractive = [.. Enumerable.Range(0, Subtractive).Select(_ => new SubtractiveVoice())];
    private readonly Voice[] _fm = [.. Enumerable.Range(0, Fm).Select(_ => new FmVoice())];
    private readonly Voice[] _pluck = [.. Enumerable.Range(0, Pluck).Select(_ => new PluckVoice())];
    private readonly Voice[] _modal = [.. Enumerable.Range(0, Modal).Select(_ => new ModalVoice())];
    private readonly Voice[] _sounding = new Voice[Subtractive + Fm + Pluck + Modal];
    private int _count;
    private int _fresh;

    /// <summary>The voices that sounded before this block.</summary>
    public ReadOnlySpan<Voice> Sounding => _sounding.AsSpan(0, _fresh);

    /// <summary>A voice for a patch, of its kind.</summary>
    public static Voice For(Patch patch) => patch switch
    {
        FmPatch => new FmVoice(),
        PluckPatch => new PluckVoice(),
        ModalPatch => new ModalVoice(),
        _ => new SubtractiveVoice(),
    };

    /// <summary>Gives a note to a free voice; when all are taken, to the one that is quietest.</summary>
    public Voice Begin(Note note, Patch patch, int instrument, float pan, ulong noise)
    {
        var pool = patch switch { FmPatch => _fm, PluckPatch => _pluck, ModalPatch => _modal, _ => _subtractive };
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

        // One that is given up, or that was over within this block, must not stand in the list twice.
        var at = Array.IndexOf(_sounding, chosen, 0, _count);
        if (at >= 0 && at < _fresh)
        {
            _fresh--;
            (_sounding[at], _sounding[_fresh]) = (_sounding[_fresh], chosen);
            at = _fresh;
        }

        if (at >= 0)
        {
            _sounding[at] = _sounding[--_count];
        }

        chosen.Begin(note, patch, instrument, pan, noise);
        _sounding[_count++] = chosen;
        return chosen;
    }

    /// <summary>Ends a block: voices that are over become free.</summary>
    public void EndBlock()
    {
        for (var index = _count - 1; index >= 0; index--)
        {
            if (!_sounding[index].IsActive)
            {
                _sounding[index] = _sounding[--_count];
            }
        }

        _fresh = _count;
    }

    /// <summary>Silences all.</summary>
    public void Stop()
    {
        foreach (var voice in _sounding.AsSpan(0, _count))
        {
            voice.Stop();
        }

        (_count, _fresh) = (0, 0);
    }
}
