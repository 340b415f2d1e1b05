using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// The vocal folds: pulses whose length and strength differ a little from one to the next, breath that blows while they are
/// open, and the noise that teeth and lips will shape.
/// </summary>
/// <param name="pulse">The pulses' form.</param>
/// <param name="seed">Seed of all its chance.</param>
internal sealed class GlottalSource(GlottalPulse pulse, ulong seed)
{
    private const float Jitter = 0.0035f;
    private const float Shimmer = 0.035f;
    private const uint Open = 0xA000_0000;
    private const float ClosedBreath = 0.35f;

    private ulong _noise = (seed * 0x9E3779B97F4A7C15UL) | 1;
    private uint _phase;
    private float _length = 1;
    private float _strength = 1;
    private float _voice;
    private float _breath;
    private float _friction;
    private float _wander;

    /// <summary>A slow random walk about 0, mostly within ±1: the unsteadiness of the pitch.</summary>
    public float Drift { get; private set; }

    /// <summary>Sings a control step through a throat and mouth; levels go to the new ones in a straight line.</summary>
    /// <param name="frequency">Hz.</param>
    /// <param name="voice">Level of the pulses.</param>
    /// <param name="breath">Level of the breath.</param>
    /// <param name="friction">Level of the noise.</param>
    /// <param name="tract">Throat and mouth.</param>
    /// <param name="sound">To be filled: what comes out of the mouth.</param>
    public void Sing(float frequency, float voice, float breath, float friction, VocalTract tract, Span<float> sound)
    {
        Wander();
        var table = pulse.Of(frequency);
        var step = frequency / PcmFormat.SampleRate * 4294967296f;
        var share = 1f / sound.Length;
        var (voiceStep, breathStep, frictionStep) = ((voice - _voice) * share, (breath - _breath) * share, (friction - _friction) * share);
        var (phase, random, increment, strength) = (_phase, _noise, (uint)(step * _length), _strength);
        var (voiceNow, breathNow, frictionNow) = (_voice, _breath, _friction);
        ref var cycle = ref MemoryMarshal.GetArrayDataReference(table);

        // In one pass: source and tract wait for their own last samples, and while one waits the other works.
        var row = tract.Row;
        for (var index = 0; index < sound.Length; index++)
        {
            var next = phase + increment;
            if (next < phase)
            {
                // A new pulse.
                _length = 1 + (Jitter * Bipolar(ref random));
                strength = 1 + (Shimmer * Bipolar(ref random));
                increment = (uint)(step * _length);
            }

            phase = next;
            voiceNow += voiceStep;
            breathNow += breathStep;
            frictionNow += frictionStep;
            ref var at = ref Unsafe.Add(ref cycle, phase >> GlottalPulse.FractionBits);
            var fraction = (phase & ((1u << GlottalPulse.FractionBits) - 1)) * (1f / (1u << GlottalPulse.FractionBits));
            var flow = at + (fraction * (Unsafe.Add(ref at, 1) - at));
            var hiss = Bipolar(ref random);
            sound[index] = row.Next((flow * strength * voiceNow) + (hiss * breathNow * (phase < Open ? 1 : ClosedBreath)), hiss * frictionNow);
        }

        tract.Row = row;
        (_phase, _noise, _strength) = (phase, random, strength);
        (_voice, _breath, _friction) = (voiceNow, breathNow, frictionNow);
    }

    // Xorshift (Marsaglia 2003).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Bipolar(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (int)(state >> 32) * (1f / 2147483648f);
    }

    private void Wander()
    {
        _wander += 0.0045f * (Bipolar(ref _noise) - _wander);
        Drift = _wander * 14;
    }
}
