using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays a score into a stereo mix, block by block, without limiter.</summary>
internal sealed class Mixer
{
    /// <summary>Frames of a block, at most.</summary>
    public const int BlockFrames = 256;

    private const double AirHz = 4_200;
    private const float Air = 0.4f;

    private readonly Score _score;
    private readonly PartSet _audible;
    private readonly Voices _voices = new();
    private readonly Channel[] _channels;
    private readonly List<PlayingHit> _playing = new(64);
    private readonly Ducker _ducker;
    private readonly Reverb _reverb;
    private readonly StereoDelay _delay;
    private readonly Chorus _chorus = new();
    private readonly TexturePlayer _texture;
    private readonly Channel _reverbSend = new();
    private readonly Channel _delaySend = new();
    private readonly float[] _scratch = new float[BlockFrames];
    private readonly float[] _duck = new float[BlockFrames];
    private readonly HighPass _rumbleLeft = new(24);
    private readonly HighPass _rumbleRight = new(24);
    private readonly HighPass _airLeft = new(AirHz);
    private readonly HighPass _airRight = new(AirHz);
    private readonly HighPass _harmonyLeft = new(130);
    private readonly HighPass _harmonyRight = new(130);
    private readonly Channel _harmony = new();
    private int _nextNote;
    private int _nextHit;
    private int _section;

    /// <summary>A mixer at a frame of the score. Notes that are held there begin there.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="audible">The parts to be heard.</param>
    /// <param name="from">The first frame.</param>
    public Mixer(Score score, PartSet audible, long from)
    {
        _score = score;
        _audible = audible;
        _channels = [.. Enumerable.Range(0, PartSet.Count).Select(_ => new Channel())];
        _ducker = new Ducker(score.Ducking);
        _reverb = new Reverb(score.Room);
        _delay = new StereoDelay(score.EchoFrames, 0.4f);
        _texture = new TexturePlayer(score.Seed);
        Frame = from;
        while (_nextHit < score.Hits.Length && score.Hits[_nextHit].Start < from)
        {
            _nextHit++;
        }
    }

    /// <summary>The frame that comes next.</summary>
    public long Frame { get; private set; }

    /// <summary>Renders the next block. Both spans have the same length, at most <see cref="BlockFrames"/>.</summary>
    public void Render(Span<float> left, Span<float> right)
    {
        var frames = left.Length;
        foreach (var channel in _channels)
        {
            channel.Clear(frames);
        }

        var kick = PlayHits(frames);
        PlayNotes(frames);
        PlayTexture(frames);
        _ducker.Process(_duck.AsSpan(0, frames), kick);
        Mix(left, right);
        Frame += frames;
    }

    private void PlayNotes(int frames)
    {
        var notes = _score.Notes;
        while (_nextNote < notes.Length && notes[_nextNote].Start < Frame + frames)
        {
            var note = notes[_nextNote++];
            var missed = (int)Math.Max(0, Frame - note.Start);
            if (_audible.Has(note.Part) && missed < note.Length)
            {
                var voice = _voices.Begin(note with { Length = note.Length - missed }, PanOf(note), ((ulong)_nextNote * 7919) + (ulong)_score.Seed);
                Sound(voice, (int)(note.Start + missed - Frame), frames);
            }
        }

        foreach (var voice in _voices.Sounding())
        {
            if (!_voices.IsFresh(voice))
            {
                Sound(voice, 0, frames);
            }
        }

        _voices.EndBlock();
    }

    private void Sound(Voice voice, int offset, int frames)
    {
        var sound = _scratch.AsSpan(0, frames - offset);
        voice.Render(sound);
        var channel = _channels[(int)voice.Part];
        var (left, right) = voice.Pan;
        var channelLeft = channel.Left.AsSpan(offset, sound.Length);
        var channelRight = channel.Right.AsSpan(offset, sound.Length);
        TensorPrimitives.MultiplyAdd(sound, left, channelLeft, channelLeft);
        TensorPrimitives.MultiplyAdd(sound, right, channelRight, channelRight);
    }

    private int PlayHits(int frames)
    {
        var kick = -1;
        var hits = _score.Hits;
        while (_nextHit < hits.Length && hits[_nextHit].Start < Frame + frames)
        {
            var hit = hits[_nextHit++];
            if (hit.Drum == Drum.Kick && hit.Velocity > 0.3f)
            {
                kick = (int)(hit.Start - Frame);
            }

            if (_audible.Has(Part.Drums))
            {
                // A closed hat shuts the open one.
                if (hit.Drum == Drum.ClosedHat)
                {
                    _playing.RemoveAll(static playing => playing.Drum == Drum.OpenHat && playing.Position > 2_000);
                }

                _playing.Add(new PlayingHit(hit.Drum, (int)(Frame - hit.Start), hit.Velocity * hit.Velocity));
            }
        }

        var channel = _channels[(int)Part.Drums];
        for (var index = _playing.Count - 1; index >= 0; index--)
        {
            var playing = _playing[index];
            var sound = DrumSounds.Of(_score.Kit, playing.Drum);
            var offset = Math.Max(0, -playing.Position);
            var from = Math.Max(0, playing.Position);
            var count = Math.Min(frames - offset, sound.Samples.Length - from);
            var samples = sound.Samples.AsSpan(from, count);
            var level = sound.Level * playing.Gain;
            var left = channel.Left.AsSpan(offset, count);
            var right = channel.Right.AsSpan(offset, count);
            TensorPrimitives.MultiplyAdd(samples, level * MathF.Min(1, 1 - sound.Pan), left, left);
            TensorPrimitives.MultiplyAdd(samples, level * MathF.Min(1, 1 + sound.Pan), right, right);
            var next = playing.Position + frames;
            if (next >= sound.Samples.Length)
            {
                _playing.RemoveAt(index);
            }
            else
            {
                _playing[index] = playing with { Position = next };
            }
        }

        return kick;
    }

    private void PlayTexture(int frames)
    {
        while (_section + 1 < _score.Sections.Count && _score.Sections[_section].End <= Frame)
        {
            _section++;
        }

        if (_audible.Has(Part.Texture))
        {
            var channel = _channels[(int)Part.Texture];
            _texture.Process(_score.Sections[_section].Texture, channel.Left.AsSpan(0, frames), channel.Right.AsSpan(0, frames));
        }
    }

    private void Mix(Span<float> left, Span<float> right)
    {
        var frames = left.Length;
        left.Clear();
        right.Clear();
        _reverbSend.Clear(frames);
        _delaySend.Clear(frames);
        _harmony.Clear(frames);
        var duck = _duck.AsSpan(0, frames);
        var pad = _channels[(int)Part.Pad];
        _chorus.Process(pad.Left.AsSpan(0, frames), pad.Right.AsSpan(0, frames));
        var drums = _channels[(int)Part.Drums];
        Saturation.Apply(drums.Left.AsSpan(0, frames), 1.25f);
        Saturation.Apply(drums.Right.AsSpan(0, frames), 1.25f);
        var room = (float)_score.Room;
        foreach (var strip in Strips.All)
        {
            var channel = _channels[(int)strip.Part];
            if (strip.IsDucked && _score.Ducking > 0)
            {
                channel.Multiply(duck);
            }

            channel.AddTo(_reverbSend, strip.Level * strip.Reverb * room, frames);
            channel.AddTo(_delaySend, strip.Level * strip.Delay * (float)_score.Echo, frames);
            channel.AddTo(strip.IsHarmony ? _harmony : new StereoSpan(left, right), strip.Level, frames);
        }

        // Guitars, keys and pads leave the low end to bass and kick.
        _harmonyLeft.Process(_harmony.Left.AsSpan(0, frames));
        _harmonyRight.Process(_harmony.Right.AsSpan(0, frames));
        _harmonyLeft.Flush();
        _harmonyRight.Flush();
        _harmony.AddTo(new StereoSpan(left, right), 1, frames);
        _delay.Process(_delaySend.Left.AsSpan(0, frames), _delaySend.Right.AsSpan(0, frames));
        _delaySend.AddTo(new StereoSpan(left, right), 1, frames);
        _delaySend.AddTo(_reverbSend, 0.3f, frames);
        _reverb.Process(_reverbSend.Left.AsSpan(0, frames), _reverbSend.Right.AsSpan(0, frames));
        _reverbSend.AddTo(new StereoSpan(left, right), 1, frames);
        _rumbleLeft.Process(left);
        _rumbleRight.Process(right);
        _rumbleLeft.Flush();
        _rumbleRight.Flush();
        Brighten(left, _airLeft);
        Brighten(right, _airRight);
    }

    // A shelf of 3 dB: what the voices' low-passes take away is missed most at the very top.
    private void Brighten(Span<float> samples, HighPass filter)
    {
        var air = _scratch.AsSpan(0, samples.Length);
        samples.CopyTo(air);
        filter.Process(air);
        filter.Flush();
        TensorPrimitives.MultiplyAdd(air, Air, samples, samples);
    }

    // Bass and tune in the middle, chords spread by pitch, the arpeggio from side to side.
    private static float PanOf(Note note) => note.Part switch
    {
        Part.Chords => Math.Clamp((note.Pitch - 60) * 0.028f, -0.4f, 0.4f),
        Part.Pad => note.Pitch % 2 == 0 ? -0.45f : 0.45f,
        Part.Arpeggio => note.Pitch % 3 == 0 ? 0.35f : note.Pitch % 3 == 1 ? -0.35f : 0.1f,
        _ => 0,
    };

    private readonly record struct PlayingHit(Drum Drum, int Position, float Gain);
}
