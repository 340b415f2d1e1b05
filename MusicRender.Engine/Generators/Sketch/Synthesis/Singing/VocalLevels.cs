using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// The gains that make sounds nearly equally loud: an open a lets far more through than an i or u. Reckoned from the
/// source's harmonics and the formants' response.
/// </summary>
internal static class VocalLevels
{
    // Not quite equal: open vowels stay a little louder, as they are.
    private const double Evenness = 0.8;

    private const double Brightness = 8;

    private static readonly float[] Low = Reckon(Register.Low, 150);
    private static readonly float[] High = Reckon(Register.High, 330);

    /// <summary>The gain of a sound.</summary>
    public static float Of(Register register, Phone phone) => (register == Register.Low ? Low : High)[(int)phone];

    /// <summary>The bandwidth of a vowel's formant, Hz.</summary>
    public static float Bandwidth(Register register, int formant) => (register, formant) switch
    {
        (Register.Low, 0) => 75,
        (Register.Low, 1) => 90,
        (Register.Low, 2) => 110,
        (Register.Low, 3) => 130,
        (Register.Low, _) => 190,
        (_, 0) => 90,
        (_, 1) => 110,
        (_, 2) => 150,
        (_, 3) => 210,
        _ => 280,
    };

    private static float[] Reckon(Register register, double fundamental)
    {
        var levels = GlottalPulse.Modal.Levels;
        return [.. Enum.GetValues<Phone>().Select(phone =>
        {
            var articulation = Formants.Of(register, phone);
            var (third, damping) = (Math.Max(articulation.F3, 2_000), articulation.Damping);
            var (fourth, fifth) = Formants.Upper(register, third);
            double[] places = [Math.Max(articulation.F1, 300), Math.Max(articulation.F2, 700), third, fourth, fifth, VocalTract.Sixth, VocalTract.Seventh];
            var energy = 0.0;
            for (var harmonic = 1; harmonic * fundamental < 6_000; harmonic++)
            {
                // One and as many first differences as the tract adds.
                var angle = Math.Tau * harmonic * fundamental / PcmFormat.SampleRate;
                var (real, imaginary) = (1 + (Brightness * (1 - Math.Cos(angle))), Brightness * Math.Sin(angle));
                var level = levels[harmonic] * Math.Sqrt((real * real) + (imaginary * imaginary));
                for (var formant = 0; formant < places.Length; formant++)
                {
                    level *= Response(harmonic * fundamental, places[formant], (formant < 5 ? Bandwidth(register, formant) : VocalTract.Wide) * damping);
                }

                energy += level * level;
            }

            return (float)(0.3 * Math.Pow(energy, -Evenness / 2));
        })];
    }

    // Of a resonance with unity gain at 0 Hz.
    private static double Response(double frequency, double place, double bandwidth)
    {
        var ratio = frequency / place;
        var loss = bandwidth * frequency / (place * place);
        return 1 / Math.Sqrt(Math.Pow(1 - (ratio * ratio), 2) + (loss * loss));
    }
}
