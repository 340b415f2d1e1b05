using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>What a timbre is made of.</summary>
internal abstract record Patch
{
    /// <summary>Loudness of the envelope over the note.</summary>
    public required EnvelopeShape Amplitude { get; init; }

    /// <summary>Level, linear, that makes the timbres equally loud.</summary>
    public double Gain { get; init; } = 1;
}

/// <summary>Oscillators into a resonant low-pass.</summary>
internal sealed record SubtractivePatch : Patch
{
    /// <summary>The wave of the main oscillators.</summary>
    public required Wave Wave { get; init; }

    /// <summary>Main oscillators, 1–3.</summary>
    public int Oscillators { get; init; } = 1;

    /// <summary>How far the outer oscillators are out of tune, cents.</summary>
    public double Detune { get; init; }

    /// <summary>Level of a sine an octave below, 0–1.</summary>
    public double Sub { get; init; }

    /// <summary>Cutoff at middle C and rest, Hz.</summary>
    public double Cutoff { get; init; } = 18_000;

    /// <summary>How far the cutoff follows the pitch, 0–1.</summary>
    public double Tracking { get; init; } = 0.5;

    /// <summary>How far the filter envelope opens the cutoff at full velocity, octaves.</summary>
    public double Sweep { get; init; }

    /// <summary>The filter's envelope.</summary>
    public EnvelopeShape Filter { get; init; } = new(0.002, 0.2, 0, 0.2);

    /// <summary>Resonance; 0.707 has none.</summary>
    public double Resonance { get; init; } = 0.707;

    /// <summary>Vibrato, cents; it sets in after a third of a second.</summary>
    public double Vibrato { get; init; }

    /// <summary>Breath or bow noise, 0–1.</summary>
    public double Noise { get; init; }

    /// <summary>Overdrive, 0 (clean) and up.</summary>
    public double Drive { get; init; }

    /// <summary>Semitones from which the pitch falls into the note within the first 40 ms.</summary>
    public double PitchFall { get; init; }
}

/// <summary>A sine whose phase another sine moves.</summary>
internal sealed record FmPatch : Patch
{
    /// <summary>Frequency of the modulator in those of the carrier.</summary>
    public required double Ratio { get; init; }

    /// <summary>Depth at full velocity, radians.</summary>
    public required double Index { get; init; }

    /// <summary>Seconds in which two thirds of the depth are gone.</summary>
    public required double IndexDecay { get; init; }

    /// <summary>Depth that remains, of the full one.</summary>
    public double IndexFloor { get; init; } = 0.1;
}

/// <summary>A plucked string (Karplus and Strong 1983, tuned by an all-pass after Jaffe and Smith 1983).</summary>
internal sealed record PluckPatch : Patch
{
    /// <summary>How bright the pluck is, 0–1.</summary>
    public required double Brightness { get; init; }

    /// <summary>Seconds until the string is silent (−60 dB) at middle C.</summary>
    public required double Ring { get; init; }

    /// <summary>Overdrive, 0 (clean) and up.</summary>
    public double Drive { get; init; }

    /// <summary>Cutoff of what follows the string (body, amplifier), Hz.</summary>
    public double Body { get; init; } = 9_000;
}

/// <summary>The patch of every timbre.</summary>
internal static class Patches
{
    private static readonly Patch[] All = [.. Enum.GetValues<Timbre>().Select(Make)];

    /// <summary>The patch of a timbre.</summary>
    public static Patch Of(Timbre timbre) => All[(int)timbre];

    private static Patch Make(Timbre timbre) => timbre switch
    {
        Timbre.SynthBass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 7, Sub = 0.7, Cutoff = 420, Tracking = 0.3, Sweep = 2.6, Filter = new(0.002, 0.14, 0.1, 0.1), Resonance = 1.1, Amplitude = new(0.003, 0.3, 0.75, 0.09), Drive = 0.4, Gain = 0.72 },
        Timbre.SubBass => new SubtractivePatch { Wave = Wave.Sine, Cutoff = 900, Drive = 1.4, PitchFall = 7, Amplitude = new(0.003, 1.2, 0.35, 0.12), Gain = 0.8 },
        Timbre.ReeseBass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 22, Sub = 0.8, Cutoff = 520, Tracking = 0.2, Sweep = 1, Filter = new(0.25, 0.6, 0.5, 0.3), Amplitude = new(0.008, 0.5, 0.9, 0.1), Drive = 0.6, Gain = 0.5 },
        Timbre.AcidBass => new SubtractivePatch { Wave = Wave.Saw, Cutoff = 260, Tracking = 0.3, Sweep = 3.6, Filter = new(0.002, 0.16, 0.05, 0.1), Resonance = 5, Amplitude = new(0.002, 0.25, 0.6, 0.05), Drive = 1, Gain = 0.5 },
        Timbre.ElectricBass => new PluckPatch { Brightness = 0.42, Ring = 3.2, Body = 2_400, Amplitude = new(0.001, 2, 0.5, 0.09), Drive = 0.5, Gain = 0.92 },
        Timbre.UprightBass => new PluckPatch { Brightness = 0.22, Ring = 2, Body = 1_400, Amplitude = new(0.002, 1.2, 0.3, 0.14), Gain = 1.15 },
        Timbre.Contrabass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 9, Sub = 0.4, Cutoff = 900, Tracking = 0.4, Sweep = 0.8, Filter = new(0.08, 0.4, 0.6, 0.3), Vibrato = 5, Noise = 0.02, Amplitude = new(0.05, 0.6, 0.8, 0.3), Gain = 0.8 },
        Timbre.Piano => new SubtractivePatch { Wave = Wave.Piano, Oscillators = 2, Detune = 1.6, Cutoff = 1_500, Tracking = 0.55, Sweep = 2.4, Filter = new(0.001, 0.5, 0.15, 0.3), Amplitude = new(0.002, 1.1, 0, 0.25), Gain = 0.85 },
        Timbre.ElectricPiano => new FmPatch { Ratio = 1, Index = 1.5, IndexDecay = 0.5, IndexFloor = 0.2, Amplitude = new(0.003, 1.4, 0.05, 0.22), Gain = 0.5 },
        Timbre.Organ => new SubtractivePatch { Wave = Wave.Organ, Oscillators = 1, Cutoff = 5_000, Tracking = 0.2, Vibrato = 7, Amplitude = new(0.008, 0.1, 1, 0.06), Gain = 0.5 },
        Timbre.AcousticGuitar => new PluckPatch { Brightness = 0.62, Ring = 2.6, Body = 7_500, Amplitude = new(0.001, 2.5, 0.3, 0.18), Gain = 0.72 },
        Timbre.CleanGuitar => new PluckPatch { Brightness = 0.7, Ring = 3.4, Body = 5_200, Drive = 0.6, Amplitude = new(0.001, 2.5, 0.4, 0.1), Gain = 0.95 },
        Timbre.DistortedGuitar => new PluckPatch { Brightness = 0.8, Ring = 6, Body = 3_600, Drive = 9, Amplitude = new(0.002, 3, 0.8, 0.09), Gain = 0.8 },
        Timbre.Harp => new PluckPatch { Brightness = 0.4, Ring = 2.8, Body = 6_500, Amplitude = new(0.001, 1.5, 0.2, 0.5), Gain = 1.2 },
        Timbre.Bells => new FmPatch { Ratio = 3.5, Index = 1.7, IndexDecay = 0.35, IndexFloor = 0.12, Amplitude = new(0.002, 0.7, 0, 0.8), Gain = 0.45 },
        Timbre.Marimba => new FmPatch { Ratio = 4, Index = 0.9, IndexDecay = 0.05, IndexFloor = 0, Amplitude = new(0.002, 0.25, 0, 0.2), Gain = 0.75 },
        Timbre.SynthPluck => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 8, Cutoff = 700, Tracking = 0.6, Sweep = 3.2, Filter = new(0.001, 0.11, 0, 0.1), Resonance = 1.3, Amplitude = new(0.002, 0.22, 0.05, 0.18), Gain = 0.95 },
        Timbre.Supersaw => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 15, Cutoff = 3_300, Tracking = 0.4, Sweep = 1.5, Filter = new(0.004, 0.3, 0.35, 0.2), Amplitude = new(0.006, 0.5, 0.7, 0.16), Gain = 0.66 },
        Timbre.GrowlBass => new SubtractivePatch { Wave = Wave.Square, Oscillators = 3, Detune = 18, Sub = 0.8, Cutoff = 300, Tracking = 0.2, Sweep = 3.2, Filter = new(0.09, 0.16, 0.25, 0.1), Resonance = 3, Amplitude = new(0.004, 0.5, 0.9, 0.06), Drive = 2.2, Gain = 0.42 },
        Timbre.ChipBass => new SubtractivePatch { Wave = Wave.Triangle, Cutoff = 16_000, Amplitude = new(0.002, 0.1, 1, 0.02), Gain = 0.8 },
        Timbre.SlapBass => new PluckPatch { Brightness = 0.85, Ring = 1.8, Body = 5_200, Amplitude = new(0.001, 0.7, 0.25, 0.05), Drive = 1.2, Gain = 0.85 },
        Timbre.Tuba => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 4, Sub = 0.6, Cutoff = 480, Tracking = 0.5, Sweep = 1.2, Filter = new(0.04, 0.25, 0.4, 0.12), Amplitude = new(0.03, 0.4, 0.75, 0.12), Gain = 0.85 },
        Timbre.Harpsichord => new PluckPatch { Brightness = 0.95, Ring = 1.6, Body = 11_000, Amplitude = new(0.001, 1.2, 0.1, 0.08), Gain = 0.7 },
        Timbre.Accordion => new SubtractivePatch { Wave = Wave.Reed, Oscillators = 2, Detune = 9, Cutoff = 4_200, Tracking = 0.3, Vibrato = 4, Amplitude = new(0.03, 0.2, 0.95, 0.08), Gain = 0.42 },
        Timbre.MutedGuitar => new PluckPatch { Brightness = 0.75, Ring = 0.5, Body = 4_600, Drive = 0.9, Amplitude = new(0.001, 0.12, 0.05, 0.05), Gain = 1.1 },
        Timbre.Banjo => new PluckPatch { Brightness = 0.9, Ring = 0.9, Body = 9_500, Amplitude = new(0.001, 0.5, 0.1, 0.08), Gain = 0.8 },
        Timbre.Sitar => new PluckPatch { Brightness = 0.97, Ring = 3, Body = 10_000, Drive = 2.5, Amplitude = new(0.002, 1.6, 0.3, 0.25), Gain = 0.55 },
        Timbre.SteelDrum => new FmPatch { Ratio = 1.5, Index = 1.2, IndexDecay = 0.09, IndexFloor = 0.15, Amplitude = new(0.003, 0.5, 0, 0.3), Gain = 0.6 },
        Timbre.Trumpet => new SubtractivePatch { Wave = Wave.Saw, Cutoff = 1_900, Tracking = 0.6, Sweep = 1.8, Filter = new(0.03, 0.25, 0.6, 0.1), Resonance = 1.2, Vibrato = 8, Amplitude = new(0.018, 0.3, 0.85, 0.1), Gain = 0.5 },
        Timbre.Clarinet => new SubtractivePatch { Wave = Wave.Square, Cutoff = 1_800, Tracking = 0.5, Sweep = 0.4, Filter = new(0.05, 0.3, 0.7, 0.1), Vibrato = 6, Noise = 0.02, Amplitude = new(0.035, 0.3, 0.9, 0.12), Gain = 0.42 },
        Timbre.Cello => new SubtractivePatch { Wave = Wave.Saw, Cutoff = 2_000, Tracking = 0.4, Sweep = 0.6, Filter = new(0.1, 0.5, 0.7, 0.3), Resonance = 1.1, Vibrato = 12, Noise = 0.02, Amplitude = new(0.07, 0.6, 0.85, 0.22), Gain = 0.5 },
        Timbre.GlassPad => new FmPatch { Ratio = 2, Index = 0.8, IndexDecay = 2.5, IndexFloor = 0.3, Amplitude = new(0.5, 2, 0.8, 1.6), Gain = 0.42 },
        Timbre.Strings => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 11, Cutoff = 3_200, Tracking = 0.5, Sweep = 0.9, Filter = new(0.12, 0.6, 0.6, 0.5), Vibrato = 6, Noise = 0.015, Amplitude = new(0.07, 0.8, 0.85, 0.45), Gain = 0.55 },
        Timbre.Choir => new SubtractivePatch { Wave = Wave.Choir, Oscillators = 3, Detune = 9, Cutoff = 2_200, Tracking = 0.2, Vibrato = 9, Noise = 0.03, Amplitude = new(0.22, 1, 0.85, 0.7), Gain = 0.62 },
        Timbre.Brass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 6, Cutoff = 1_300, Tracking = 0.6, Sweep = 2, Filter = new(0.05, 0.3, 0.55, 0.15), Vibrato = 5, Amplitude = new(0.025, 0.4, 0.8, 0.14), Gain = 0.62 },
        Timbre.SawLead => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 9, Cutoff = 3_000, Tracking = 0.5, Sweep = 1.2, Filter = new(0.005, 0.35, 0.4, 0.2), Vibrato = 7, Amplitude = new(0.006, 0.4, 0.75, 0.16), Gain = 0.56 },
        Timbre.SquareLead => new SubtractivePatch { Wave = Wave.Square, Cutoff = 5_000, Tracking = 0.5, Vibrato = 8, Amplitude = new(0.003, 0.3, 0.7, 0.06), Gain = 0.34 },
        Timbre.SoftLead => new SubtractivePatch { Wave = Wave.Triangle, Oscillators = 2, Detune = 5, Cutoff = 2_600, Tracking = 0.5, Vibrato = 7, Amplitude = new(0.012, 0.5, 0.7, 0.2), Gain = 0.62 },
        Timbre.Flute => new SubtractivePatch { Wave = Wave.Hollow, Cutoff = 6_000, Tracking = 0.3, Vibrato = 10, Noise = 0.07, Amplitude = new(0.06, 0.4, 0.85, 0.2), Gain = 0.4 },
        Timbre.Saxophone => new SubtractivePatch { Wave = Wave.Reed, Cutoff = 1_700, Tracking = 0.6, Sweep = 1.1, Filter = new(0.03, 0.3, 0.6, 0.15), Resonance = 1.4, Vibrato = 11, Noise = 0.04, Drive = 0.3, Amplitude = new(0.025, 0.4, 0.8, 0.12), Gain = 0.5 },
        Timbre.Violin => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 1, Cutoff = 3_200, Tracking = 0.4, Sweep = 0.5, Filter = new(0.08, 0.5, 0.7, 0.3), Resonance = 1.1, Vibrato = 13, Noise = 0.02, Amplitude = new(0.05, 0.5, 0.85, 0.16), Gain = 0.42 },
        _ => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 10, Cutoff = 1_100, Tracking = 0.4, Sweep = 0.9, Filter = new(0.9, 1.5, 0.6, 1.2), Amplitude = new(0.28, 1.2, 0.85, 0.9), Gain = 0.6 },
    };
}
