using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>All voices that can sound at once; they are made once and used again.</summary>
internal sealed class Voices
{
    private const int Subtractive = 64;
    private const int Fm = 40;
    private const int Pluck = 64;
    private const int Modal = 40;

    private readonly Voice[] _subtractive;
    private readonly Voice[] _fm;
    private readonly Voice[] _pluck;
    private readonly Voice[] _modal;
    private readonly Voice[] _sounding;
    private int _count;
    private int _fresh;

    /// <summary>Voices for some patches, of the kinds that these need.</summary>
    public Voices(IReadOnlyCollection<Patch> patches)
    {
        _subtractive = patches.Any(patch => patch is SubtractivePatch) ? Make<SubtractiveVoice>(Subtractive) : [];
        _fm = patches.Any(patch => patch is FmPatch) ? Make<FmVoice>(Fm) : [];
        _pluck = patches.Any(patch => patch is PluckPatch) ? Make<PluckVoice>(Pluck) : [];
        _modal = patches.Any(patch => patch is ModalPatch) ? Make<ModalVoice>(Modal) : [];
        _sounding = new Voice[_subtractive.Length + _fm.Length + _pluck.Length + _modal.Length];
    }

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

    private static Voice[] Make<T>(int count)
        where T : Voice, new() => [.. Enumerable.Range(0, count).Select(_ => new T())];

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
