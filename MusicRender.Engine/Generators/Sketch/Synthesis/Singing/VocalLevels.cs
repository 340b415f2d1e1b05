using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// The gains that make sounds nearly equally loud at every pitch: an open a lets far more through than an i or u, and a
/// harmonic that falls onto a formant sticks out. Reckoned from the source's harmonics and the formants' response.
/// </summary>
internal static class VocalLevels
{
    // Not quite equal: open vowels stay a little louder, as they are.
    private const double Evenness = 0.9;
    private const double Brightness = 8;
    private const int Pitches = 128;

    private static readonly int Phones = Enum.GetValues<Phone>().Length;

    // Each is reckoned when it is first sung; to reckon one twice does no harm.
    private static readonly float[] Known = new float[2 * Phones * Pitches];

    /// <summary>The gain of a sound at a pitch (MIDI number).</summary>
    public static float Of(Register register, Phone phone, int pitch)
    {
        ref var known = ref Known[((((int)register * Phones) + (int)phone) * Pitches) + Math.Clamp(pitch, 0, Pitches - 1)];
        if (known == 0)
        {
            known = Reckon(register, phone, 440 * Math.Pow(2, (pitch - 69) / 12.0));
        }

        return known;
    }

    /// <summary>The bandwidth of a vowel's formant, Hz.</summary>
    public static float Bandwidth(Register register, int formant) => (register, formant) switch
    {
        (Register.Low, 0) => 75,
        (Register.Low, 1) => 90,
        (Register.Low, 2) => 110,
        (Register.Low, 3) => 130,
        (Register.Low, _) => 190,
        (_, 0) => 120,
        (_, 1) => 110,
        (_, 2) => 150,
        (_, 3) => 210,
        _ => 280,
    };

    private static float Reckon(Register register, Phone phone, double fundamental)
    {
        var levels = GlottalPulse.Modal.Levels;
        var articulation = Formants.Of(register, phone);
        var first = Math.Max(Math.Max(articulation.F1, 250), Formants.LeastFirst * fundamental);
        var second = Math.Max(articulation.F2, first + 250);
        var third = Math.Max(Math.Max(articulation.F3, 1_500), second + 350);
        var (fourth, fifth) = Formants.Upper(register, (float)third);
        ReadOnlySpan<double> places = [first, second, third, fourth, fifth, VocalTract.Sixth, VocalTract.Seventh];
        var energy = 0.0;
        for (var harmonic = 1; harmonic * fundamental < 6_000; harmonic++)
        {
            // One and as many first differences as the tract adds.
            var angle = Math.Tau * harmonic * fundamental / PcmFormat.SampleRate;
            var (real, imaginary) = (1 + (Brightness * (1 - Math.Cos(angle))), Brightness * Math.Sin(angle));
            var level = levels[harmonic] * Math.Sqrt((real * real) + (imaginary * imaginary));
            for (var formant = 0; formant < places.Length; formant++)
            {
                var bandwidth = formant < 5 ? Bandwidth(register, formant) : VocalTract.Wide;
                level *= Response(harmonic * fundamental, places[formant], bandwidth * articulation.Damping);
            }

            energy += level * level;
        }

        return (float)(0.42 * Math.Pow(energy, -Evenness / 2));
    }

    // Of a resonance with unity gain at 0 Hz.
    private static double Response(double frequency, double place, double bandwidth)
    {
        var ratio = frequency / place;
        var loss = bandwidth * frequency / (place * place);
        return 1 / Math.Sqrt(Math.Pow(1 - (ratio * ratio), 2) + (loss * loss));
    }
}
