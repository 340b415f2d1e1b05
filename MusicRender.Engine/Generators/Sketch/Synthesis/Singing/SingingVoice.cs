using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>What makes one voice of several differ.</summary>
/// <param name="Cents">How far it is out of tune.</param>
/// <param name="LateMs">How late it is.</param>
/// <param name="Throat">Length of its formants' frequencies, of the plain ones.</param>
internal readonly record struct VoiceCharacter(float Cents, float LateMs, float Throat);

/// <summary>
/// A singer: a glottal source with jitter, late vibrato and glides from note to note, breath, and a vocal tract that goes
/// from sound to sound. Reads its line by time, so it may set in anywhere.
/// </summary>
internal sealed class SingingVoice
{
    private const int Segment = 32;
    private const float SegmentSeconds = (float)Segment / PcmFormat.SampleRate;
    private const float VibratoHz = 5.4f;

    private readonly SungPhone[] _phones;
    private readonly Singer _singer;
    private readonly VoiceCharacter _character;
    private readonly VoiceStyle _style;
    private readonly GlottalSource _source;
    private readonly VocalTract _tract;
    private readonly float[] _sound = new float[Segment];
    private readonly long _late;
    private int _index = -1;
    private long _at = long.MinValue;
    private int _left;
    private float _pitch;
    private float _glide;
    private float _f1 = 500;
    private float _f2 = 1_500;
    private float _f3 = 2_500;
    private float _damping = 1;
    private float _voice;
    private float _breath;
    private float _noise;
    private long _noteStart;
    private int _noteLength;
    private float _vibrato;
    private bool _isSilent = true;

    /// <summary>A voice.</summary>
    public SingingVoice(Vocals vocals, VoiceCharacter character, int seed)
    {
        _phones = vocals.Phones;
        _singer = vocals.Singer;
        _character = character;
        _tract = new VocalTract(vocals.Singer.Register == Register.Low ? character.Throat : 1.12f * character.Throat);
        _style = VoiceStyle.Of(vocals.Singer);
        _source = new GlottalSource(_style.Pulse, (ulong)(uint)seed + (ulong)(character.Throat * 1e6f));
        _late = (long)(character.LateMs * PcmFormat.SampleRate / 1000);
    }

    /// <summary>True while nothing of it is heard.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>Sings from a frame of the song on.</summary>
    public void Sing(long frame, Span<float> output)
    {
        if (_at != frame - _late)
        {
            Seek(frame - _late);
        }

        while (output.Length > 0)
        {
            if (_left == 0)
            {
                Render();
                _left = Segment;
            }

            var frames = Math.Min(_left, output.Length);
            _sound.AsSpan(Segment - _left, frames).CopyTo(output);
            output = output[frames..];
            _left -= frames;
            _at += frames;
        }
    }

    private void Seek(long frame)
    {
        _at = frame;
        _left = 0;
        _index = -1;
        while (_index + 1 < _phones.Length && _phones[_index + 1].Start <= frame)
        {
            _index++;
        }

        if (_phones.Length > 0)
        {
            _pitch = _glide = _phones[Math.Max(0, _index)].Pitch;
        }
    }

    // One control step.
    private void Render()
    {
        while (_index + 1 < _phones.Length && _phones[_index + 1].Start <= _at)
        {
            var isAfterRest = _index < 0 || _phones[_index].Start + _phones[_index].Length < _phones[_index + 1].Start;
            _index++;
            Begin(_phones[_index], isAfterRest);
        }

        var isSounding = _index >= 0 && _at < _phones[_index].Start + _phones[_index].Length;
        if (!isSounding && _isSilent)
        {
            _sound.AsSpan().Clear();
            return;
        }

        var (voice, breath, noise) = isSounding ? Articulate(_phones[_index]) : (0, 0, 0);
        Move(ref _voice, voice, isSounding ? 0.009f : 0.025f);
        Move(ref _breath, breath, 0.012f);
        Move(ref _noise, noise, noise > _noise ? 0.002f : 0.012f);
        _source.Sing(Frequency(), _voice, _breath, _noise, _tract, _sound);
        _tract.Flush();
        _isSilent = !isSounding && _voice < 1e-5f && _breath < 1e-5f && _noise < 1e-5f;
    }

    private void Begin(SungPhone phone, bool isAfterRest)
    {
        if (isAfterRest && phone.Phone != Phone.Breath)
        {
            // The first note of a line is reached from a little below.
            _pitch = _glide = phone.Pitch - 0.8f;
        }

        if (phone.IsNote)
        {
            _noteStart = phone.Start;
            _noteLength = phone.NoteLeft;
        }
    }

    private (float Voice, float Breath, float Noise) Articulate(SungPhone phone)
    {
        ref readonly var place = ref Formants.Of(_singer.Register, phone.Phone);
        ref readonly var goal = ref place.F1 > 0 ? ref place : ref Formants.Of(_singer.Register, Following(phone));
        var seconds = phone.Phone.IsVowel() ? (phone.IsNote ? 0.022f : 0.045f) : 0.013f;
        Move(ref _f1, goal.F1, seconds);
        Move(ref _f2, goal.F2, seconds);
        Move(ref _f3, goal.F3, seconds);
        Move(ref _damping, place.Damping, 0.02f);
        Shape(place);

        var since = (float)(_at - phone.Start) / phone.Length;
        var (voice, breath, noise) = (place.Voice, place.Aspiration, place.Friction);
        if (place.IsStop)
        {
            // Silent, then the burst and its breath.
            var burst = since < 0.58f ? 0 : 1;
            noise *= burst * MathF.Exp(-(since - 0.58f) * phone.Length / PcmFormat.SampleRate / 0.014f);
            breath *= burst;
        }

        var level = phone.Velocity * VocalLevels.Of(_singer.Register, phone.Phone, phone.Pitch);
        var end = _index + 1 == _phones.Length || _phones[_index + 1].Start > phone.Start + phone.Length || _phones[_index + 1].Phone == Phone.Breath ? Ending(phone) : 1;
        return (voice * level * end * _style.Voice, ((breath * 0.5f * phone.Velocity) + (_style.Breath * voice * level)) * end, noise * phone.Velocity * end * _style.Consonants);
    }

    // The last sound of a line dies away before its end.
    private float Ending(SungPhone phone)
    {
        var left = (float)(phone.Start + phone.Length - _at) / PcmFormat.SampleRate;
        var fade = MathF.Min(0.14f, 0.5f * phone.Length / PcmFormat.SampleRate);
        var share = MathF.Min(1, left / fade);
        return share * share * (3 - (2 * share));
    }

    private Phone Following(SungPhone phone) =>
        _index + 1 < _phones.Length && _phones[_index + 1].Start == phone.Start + phone.Length && _phones[_index + 1].Phone.IsVowel() ? _phones[_index + 1].Phone : Phone.Schwa;

    private void Shape(in Articulation place)
    {
        // High notes take the first formant up with them: nothing resonates below the fundamental.
        var frequency = 440 * MathF.Pow(2, (_glide - 69) / 12);
        var first = MathF.Max(_f1 * _character.Throat, Formants.LeastFirst * frequency);
        var second = MathF.Max(_f2 * _character.Throat, first + 250);
        var third = MathF.Max(_f3 * _character.Throat, second + 350);
        var (fourth, fifth) = Formants.Upper(_singer.Register, third);
        _tract.Tune(0, first, VocalLevels.Bandwidth(_singer.Register, 0) * _damping);
        _tract.Tune(1, second, VocalLevels.Bandwidth(_singer.Register, 1) * _damping);
        _tract.Tune(2, third, VocalLevels.Bandwidth(_singer.Register, 2) * _damping);
        _tract.Tune(3, fourth, VocalLevels.Bandwidth(_singer.Register, 3));
        _tract.Tune(4, fifth, VocalLevels.Bandwidth(_singer.Register, 4));
        _tract.Brightness = _style.Brightness;
        if (place.Friction > 0)
        {
            _tract.TuneFriction(place.FrictionHz, place.FrictionWidth);
        }
    }

    private float Frequency()
    {
        var goal = _index >= 0 ? _phones[_index].Pitch : _pitch;
        Move(ref _pitch, goal, 0.021f);
        Move(ref _glide, _pitch, 0.021f);
        var since = (float)(_at - _noteStart) / PcmFormat.SampleRate;
        var length = (float)_noteLength / PcmFormat.SampleRate;
        var set = length < 0.34f ? 0 : Math.Clamp((since - 0.16f) / 0.34f, 0, 1);
        _vibrato += VibratoHz * SegmentSeconds * (1 + (0.12f * _source.Drift));
        _vibrato -= MathF.Floor(_vibrato);
        var cents = (_style.Vibrato * set * set * MathF.Sin(MathF.Tau * _vibrato)) + (8 * _source.Drift) + _character.Cents;

        // Rap falls away within each syllable, as speech does.
        cents -= _singer.Delivery == Delivery.Rapped ? 160 * Math.Clamp((since - 0.03f) / 0.25f, 0, 1) : 0;
        return 440 * MathF.Pow(2, (_glide + (cents / 100) - 69) / 12);
    }

    private static void Move(ref float value, float goal, float seconds) => value += (goal - value) * (SegmentSeconds / (SegmentSeconds + seconds));
}
