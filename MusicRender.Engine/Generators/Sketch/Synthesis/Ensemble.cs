using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Plays a score, block by block, into a channel a part: what comes out is ready for the desk, with the kick's ducking
/// and what is not linear (drums driven into saturation) in it. All parts always play, whatever is heard of them: voices
/// are shared, so that who plays depends on everybody.
/// </summary>
internal sealed class Ensemble
{
    private readonly Score _score;
    private readonly Voices _voices = new();
    private readonly List<PlayingHit> _playing = new(64);
    private readonly Ducker _ducker;
    private readonly Chorus _chorus = new();
    private readonly TexturePlayer _texture;
    private readonly Vocalist _vocalist;
    private readonly float[] _scratch = new float[Mixer.BlockFrames];
    private readonly float[] _duck = new float[Mixer.BlockFrames];
    private int _nextNote;
    private int _nextHit;
    private int _section;

    /// <summary>An ensemble at a frame of the score. Notes that are held there begin there.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="from">The first frame.</param>
    public Ensemble(Score score, long from)
    {
        _score = score;
        Channels = [.. Enumerable.Range(0, PartSet.Count).Select(_ => new Channel())];
        _ducker = new Ducker(score.Ducking);
        _texture = new TexturePlayer(score.Seed);
        _vocalist = new Vocalist(score.Vocals, score.Seed);
        Frame = from;
        while (_nextHit < score.Hits.Length && score.Hits[_nextHit].Start < from)
        {
            _nextHit++;
        }
    }

    /// <summary>The frame that comes next.</summary>
    public long Frame { get; private set; }

    /// <summary>The sound of the last block, by part.</summary>
    public Channel[] Channels { get; }

    /// <summary>Plays the next block, of at most <see cref="Mixer.BlockFrames"/> frames.</summary>
    public void Play(int frames)
    {
        foreach (var channel in Channels)
        {
            channel.Clear(frames);
        }

        var kick = PlayHits(frames);
        PlayNotes(frames);
        PlayTexture(frames);
        var voice = Channels[(int)Part.Voice];
        _vocalist.Sing(Frame, voice.Left.AsSpan(0, frames), voice.Right.AsSpan(0, frames));
        var duck = _duck.AsSpan(0, frames);
        _ducker.Process(duck, kick);
        var pad = Channels[(int)Part.Pad];
        _chorus.Process(pad.Left.AsSpan(0, frames), pad.Right.AsSpan(0, frames));
        var drums = Channels[(int)Part.Drums];
        Saturation.Apply(drums.Left.AsSpan(0, frames), 1.25f);
        Saturation.Apply(drums.Right.AsSpan(0, frames), 1.25f);
        if (_score.Ducking > 0)
        {
            foreach (var strip in Strips.All)
            {
                if (strip.IsDucked)
                {
                    Channels[(int)strip.Part].Multiply(duck);
                }
            }
        }

        Frame += frames;
    }

    private void PlayNotes(int frames)
    {
        var notes = _score.Notes;
        while (_nextNote < notes.Length && notes[_nextNote].Start < Frame + frames)
        {
            var note = notes[_nextNote++];
            var missed = (int)Math.Max(0, Frame - note.Start);
            if (missed < note.Length)
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
        var channel = Channels[(int)voice.Part];
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

            // A closed hat shuts the open one.
            if (hit.Drum == Drum.ClosedHat)
            {
                _playing.RemoveAll(static playing => playing.Drum == Drum.OpenHat && playing.Position > 2_000);
            }

            _playing.Add(new PlayingHit(hit.Drum, (int)(Frame - hit.Start), hit.Velocity * hit.Velocity));
        }

        var channel = Channels[(int)Part.Drums];
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

        var channel = Channels[(int)Part.Texture];
        _texture.Process(_score.Sections[_section].Texture, channel.Left.AsSpan(0, frames), channel.Right.AsSpan(0, frames));
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
