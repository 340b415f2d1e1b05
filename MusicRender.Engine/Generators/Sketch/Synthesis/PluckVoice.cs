using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A string: a burst of noise runs round a delay line that loses a little of its high end each time
/// (Karplus and Strong 1983); an all-pass tunes it to fractions of a sample (Jaffe and Smith 1983).
/// </summary>
internal sealed class PluckVoice : Voice
{
    // Room for the lowest note of a piano.
    private readonly float[] _string = new float[2048];
    private readonly float[] _burst = new float[2048];

    private PluckPatch _patch = null!;
    private Envelope _amplitude;
    private int _length;
    private int _position;
    private float _allPass;
    private float _lastIn;
    private float _lastOut;
    private float _previous;
    private float _loss;
    private float _brightness;
    private float _bodyState;
    private float _body;
    private float _scale;
    private float _level;
    private float _levelStep;

    /// <inheritdoc/>
    public override float Loudness => _amplitude.Level;

    /// <inheritdoc/>
    protected override void Start(Note note, Patch patch, double frequency, ulong noise)
    {
        _patch = (PluckPatch)patch;
        _amplitude = new Envelope(_patch.Amplitude);
        _scale = (float)_patch.Gain * note.Velocity;
        _level = 0;
        _levelStep = 0;
        _previous = 0;
        _lastIn = 0;
        _lastOut = 0;
        _bodyState = 0;
        _position = 0;
        _body = 1 - (float)Math.Exp(-2 * Math.PI * _patch.Body / PcmFormat.SampleRate);

        // The two-point average of the loop delays by its second weight; the all-pass makes up the fraction. High strings go
        // round more often and must lose less each time.
        _brightness = 1 - ((0.5f - (0.4f * (float)_patch.Brightness)) * (float)Math.Min(1, Math.Pow(600 / frequency, 1.4)));
        var period = PcmFormat.SampleRate / frequency;
        var rest = period - (1 - _brightness);
        _length = Math.Clamp((int)(rest - 0.3), 2, _string.Length);
        var fraction = rest - _length;
        _allPass = (float)((1 - fraction) / (1 + fraction));
        var ring = _patch.Ring * Math.Pow(261.6 / frequency, 0.4);
        _loss = (float)Math.Pow(0.001, 1 / (ring * frequency));
        Pluck(note.Velocity, noise);
    }

    /// <inheritdoc/>
    protected override bool Advance(bool isHeld)
    {
        _level = _amplitude.Level * _scale;
        _amplitude.Advance(isHeld);
        if (_amplitude.IsOver && _level == 0)
        {
            return false;
        }

        _levelStep = ((_amplitude.Level * _scale) - _level) / Envelope.Segment;
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        var line = _string.AsSpan(0, _length);
        var (position, previous, lastIn, lastOut, bodyState, level) = (_position, _previous, _lastIn, _lastOut, _bodyState, _level);
        var (keep, share, allPass, body) = (_brightness * _loss, (1 - _brightness) * _loss, _allPass, _body);
        for (var index = 0; index < output.Length; index++)
        {
            var sample = line[position];
            var averaged = (keep * sample) + (share * previous);
            previous = sample;
            var tuned = MathF.FusedMultiplyAdd(-allPass, lastOut, MathF.FusedMultiplyAdd(allPass, averaged, lastIn));
            lastIn = averaged;
            lastOut = tuned;
            line[position] = tuned;
            position = position + 1 == line.Length ? 0 : position + 1;
            bodyState = MathF.FusedMultiplyAdd(1 - body, bodyState, body * sample);
            output[index] = bodyState;
        }

        (_position, _previous, _lastIn, _lastOut) = (position, previous, lastIn, lastOut);
        _bodyState = MathF.Abs(bodyState) < 1e-15f ? 0 : bodyState;
        Ramp.Multiply(output, level, _levelStep);
        _level = level + (output.Length * _levelStep);
    }

    // A noise burst without direct part, as bright as the stroke is hard.
    private void Pluck(float velocity, ulong noise)
    {
        var random = new SeededRandom(noise);
        var line = _string.AsSpan(0, _length);
        var smoothing = 0.25f + (0.75f * (float)_patch.Brightness * (0.5f + (0.5f * velocity)));
        var state = 0f;
        var mean = 0f;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var index = 0; index < line.Length; index++)
            {
                state += smoothing * ((pass == 0 ? random.Bipolar() : line[index]) - state);
                line[index] = state;
            }
        }

        // What has a node where the finger is does not sound: the burst less itself, that far along the string.
        line.CopyTo(_burst);
        var place = Math.Max(1, (int)Math.Round(_patch.Place * line.Length));
        for (var index = 0; index < line.Length; index++)
        {
            line[index] -= _burst[index >= place ? index - place : index - place + line.Length];
        }

        foreach (var sample in line)
        {
            mean += sample / line.Length;
        }

        var energy = 1e-9f;
        for (var index = 0; index < line.Length; index++)
        {
            line[index] -= mean;
            energy += line[index] * line[index] / line.Length;
        }

        var gain = 0.38f / MathF.Sqrt(energy);
        for (var index = 0; index < line.Length; index++)
        {
            line[index] *= gain;
        }
    }
}
