using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Plays a score, block by block, into a channel a part: what comes out is ready for the desk, with the channels'
/// equalizers, the kick's ducking and what is not linear (amplifiers, converters) in it. All parts always play, whatever is
/// heard of them: voices are shared, so that who plays depends on everybody.
/// </summary>
internal sealed class Ensemble
{
    private const float DrumDrive = 1.25f;
    private const float MoreDrive = 4;
    private const int DustyBits = 9;

    // Blocks for which an equalizer goes on after the last sound.
    private const int RingBlocks = 8;

    private readonly Score _score;
    private readonly Voices _voices;
    private readonly List<Instrument> _instruments = [];
    private readonly byte[] _instrumentOf;
    private readonly Drummer _drummer;
    private readonly Ducker _ducker;
    private readonly TexturePlayer _texture;
    private Vocalist _vocalist;
    private readonly Equalizer?[] _equalizers;
    private readonly float[] _scratch = new float[Mixer.BlockFrames];
    private readonly float[] _duck = new float[Mixer.BlockFrames];
    private int _nextNote;
    private int _section;
    private long _cycle;

    /// <summary>An ensemble at a frame of the score. Notes that are held there begin there.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="from">The first frame; at a negative one of a loop, that far before its end.</param>
    public Ensemble(Score score, long from)
    {
        _score = score;
        Channels = [.. Enumerable.Range(0, PartSet.Count).Select(_ => new Channel())];
        _equalizers = new Equalizer?[PartSet.Count];
        foreach (var strip in Strips.All)
        {
            _equalizers[(int)strip.Part] = strip.Bands.Length > 0 ? new Equalizer(strip.Bands) : null;
        }

        _instrumentOf = InstrumentsOf(score);
        _voices = new Voices([.. _instruments.Select(instrument => instrument.Patch)]);
        _drummer = new Drummer(score, from);
        _ducker = new Ducker(score.Ducking);
        _texture = new TexturePlayer(score.Seed);
        _vocalist = new Vocalist(score.Vocals, score.Seed);
        Seek(from);
    }

    /// <summary>The frame that comes next.</summary>
    public long Frame { get; private set; }

    /// <summary>The sound of the last block, by part.</summary>
    public Channel[] Channels { get; }

    /// <summary>Goes to a frame, as at the construction. What sounded is silent.</summary>
    public void Seek(long from)
    {
        Frame = from;
        _voices.Stop();
        _drummer.Seek(from);
        _vocalist = new Vocalist(_score.Vocals, _score.Seed);
        _cycle = from < 0 ? -_score.Frames : 0;
        _nextNote = 0;
        _section = 0;
    }

    /// <summary>Plays the next block, of at most <see cref="Mixer.BlockFrames"/> frames.</summary>
    public void Play(int frames)
    {
        foreach (var channel in Channels)
        {
            channel.Clear(frames);
        }

        PlayNotes(frames);
        var drums = Channels[(int)Part.Drums];
        var effects = Channels[(int)Part.Texture];
        var kick = _drummer.Play(Frame, frames, drums, effects);
        if (drums.Idle == 0)
        {
            Colour(drums, frames);
        }

        PlayTexture(effects, frames);
        Sing(frames);
        var duck = _duck.AsSpan(0, frames);
        _ducker.Process(duck, kick);
        Equalize(frames);
        foreach (var strip in Strips.All)
        {
            if (strip.IsDucked && _score.Ducking > 0 && Channels[(int)strip.Part].Idle <= RingBlocks)
            {
                Channels[(int)strip.Part].Multiply(duck);
            }
        }

        Frame += frames;
    }

    // Two channels at a time, whichever sound.
    private void Equalize(int frames)
    {
        (Equalizer Equalizer, Channel Channel)? waiting = null;
        for (var part = 0; part < Channels.Length; part++)
        {
            if (Channels[part].Idle > RingBlocks || _equalizers[part] is not { } equalizer)
            {
                continue;
            }

            if (waiting is not { } other)
            {
                waiting = (equalizer, Channels[part]);
            }
            else
            {
                Equalizer.Process(other.Equalizer, other.Channel, equalizer, Channels[part], frames);
                waiting = null;
            }
        }

        if (waiting is { } last)
        {
            last.Equalizer.Process(last.Channel.Left.AsSpan(0, frames), last.Channel.Right.AsSpan(0, frames));
        }
    }

    // The frame of the song; a loop is played into from its end, and out of into its start.
    private long Place => Frame < 0 ? Frame + _score.Frames : Frame >= _score.Frames && _score.Ending == Ending.Loop ? Frame - _score.Frames : Frame;

    private void Sing(int frames)
    {
        var channel = Channels[(int)Part.Voice];
        if (_vocalist.Sing(Place, channel.Left.AsSpan(0, frames), channel.Right.AsSpan(0, frames)))
        {
            channel.Touch();
        }
    }

    private void PlayNotes(int frames)
    {
        foreach (var instrument in _instruments)
        {
            instrument.Clear(frames);
        }

        while (Next(frames) is { } due)
        {
            var note = _score.Notes[due];
            var missed = (int)Math.Max(0, Frame - note.Start - _cycle);
            if (missed < note.Length)
            {
                var number = _instrumentOf[due];
                var voice = _voices.Begin(note with { Length = note.Length - missed }, _instruments[number].Patch, number, PanOf(note), ((ulong)due * 7919) + (ulong)_score.Seed);
                Sound(voice, (int)(note.Start + _cycle + missed - Frame), frames);
            }
        }

        foreach (var voice in _voices.Sounding)
        {
            Sound(voice, 0, frames);
        }

        _voices.EndBlock();
        foreach (var instrument in _instruments)
        {
            instrument.Finish(Channels[(int)instrument.Part], Frame, frames);
        }
    }

    /// <summary>The next note that begins before the end of the block, or null. A loop begins again after its last one.</summary>
    private int? Next(int frames)
    {
        var notes = _score.Notes;
        if (_nextNote == notes.Length && _score.Ending == Ending.Loop && notes.Length > 0)
        {
            _nextNote = 0;
            _cycle += _score.Frames;
        }

        return _nextNote < notes.Length && notes[_nextNote].Start + _cycle < Frame + frames ? _nextNote++ : null;
    }

    private void Sound(Voice voice, int offset, int frames)
    {
        var sound = _scratch.AsSpan(0, frames - offset);
        voice.Render(sound);
        _instruments[voice.Instrument].Add(sound, offset, voice.Pan, frames);
    }

    // All drums through one console, and into the sampler of their time.
    private void Colour(Channel drums, int frames)
    {
        var left = drums.Left.AsSpan(0, frames);
        var right = drums.Right.AsSpan(0, frames);
        var drive = DrumDrive + (MoreDrive * (float)_score.Production.Drive);
        Saturation.Apply(left, drive);
        Saturation.Apply(right, drive);
        var bits = Quantizer.BitsOf(_score.Production.Crush) is > 0 and var crushed ? crushed : _score.Kit == DrumKit.Dusty ? DustyBits : 0;
        if (bits > 0)
        {
            Quantizer.Apply(left, bits);
            Quantizer.Apply(right, bits);
        }
    }

    private void PlayTexture(Channel effects, int frames)
    {
        var place = Place;
        _section = place < _score.Sections[_section].Start ? 0 : _section;
        while (_section + 1 < _score.Sections.Count && _score.Sections[_section].End <= place)
        {
            _section++;
        }

        if (_texture.Process(_score.Sections[_section].Texture, effects.Left.AsSpan(0, frames), effects.Right.AsSpan(0, frames)))
        {
            effects.Touch();
        }
    }

    private byte[] InstrumentsOf(Score score)
    {
        var numbers = new Dictionary<(Part, Timbre), byte>();
        var instruments = new byte[score.Notes.Length];
        for (var index = 0; index < instruments.Length; index++)
        {
            var (part, timbre) = (score.Notes[index].Part, score.Notes[index].Timbre);
            if (!numbers.TryGetValue((part, timbre), out var number))
            {
                numbers[(part, timbre)] = number = (byte)_instruments.Count;
                _instruments.Add(new Instrument(part, Patches.Of(timbre), score.Frames, score.Production));
            }

            instruments[index] = number;
        }

        return instruments;
    }

    // Bass and tune in the middle, chords spread by pitch, the arpeggio from side to side.
    private static float PanOf(Note note) => note.Part switch
    {
        Part.Chords => Math.Clamp((note.Pitch - 60) * 0.028f, -0.4f, 0.4f),
        Part.Pad => note.Pitch % 2 == 0 ? -0.45f : 0.45f,
        Part.Arpeggio => note.Pitch % 3 == 0 ? 0.35f : note.Pitch % 3 == 1 ? -0.35f : 0.1f,
        _ => 0,
    };
}
