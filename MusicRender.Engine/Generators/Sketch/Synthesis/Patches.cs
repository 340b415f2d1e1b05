using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>The patch of every timbre.</summary>
internal static class Patches
{
    private static readonly Patch[] All = [.. Enum.GetValues<Timbre>().Select(Make)];

    /// <summary>The patch of a timbre.</summary>
    public static Patch Of(Timbre timbre) => All[(int)timbre];

    private static Patch Make(Timbre timbre) =>
        BassPatches.Of(timbre) ?? StruckPatches.Of(timbre) ?? WindAndBowPatches.Of(timbre) ?? SynthPatches.Of(timbre);
}

/// <summary>Synthesizers without a model in nature.</summary>
internal static class SynthPatches
{
    /// <summary>The patch of a timbre; that of a warm pad for what is none of any family.</summary>
    public static Patch Of(Timbre timbre) => timbre switch
    {
        Timbre.Organ => new SubtractivePatch { Wave = Wave.Organ, Cutoff = 5_500, Tracking = 0.2, Noise = 0.002, Amplitude = new(0.006, 0.1, 1, 0.05), Drive = 0.5, Chorus = 0.45, Colour = [new(BandKind.Bell, 800, 2, 0.8), new(BandKind.HighCut, 6_500)], Gain = 0.451 },
        Timbre.SynthPluck => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 8, Cutoff = 650, Tracking = 0.6, Sweep = 3.4, Filter = new(0.001, 0.1, 0, 0.1), Resonance = 1.5, Amplitude = new(0.002, 0.24, 0.05, 0.2), Chorus = 0.3, Gain = 0.688 },
        Timbre.Supersaw => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 19, Cutoff = 3_800, Tracking = 0.4, Sweep = 1.5, Filter = new(0.004, 0.3, 0.4, 0.2), Amplitude = new(0.005, 0.5, 0.75, 0.18), Chorus = 0.8, Colour = [new(BandKind.LowCut, 140), new(BandKind.HighShelf, 6_000, 2)], Gain = 0.467 },
        Timbre.GlassPad => new FmPatch { Body = new(1, 1, 2, 0.9, 2.5, 0.35), Stroke = new(0.25, 2.005, 1, 0.7, 1.5, 0.4), Amplitude = new(0.45, 2, 0.8, 1.6), Chorus = 0.8, Gain = 0.58 },
        Timbre.SawLead => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 10, Cutoff = 3_000, Tracking = 0.5, Sweep = 1.4, Filter = new(0.005, 0.35, 0.4, 0.2), Resonance = 0.9, Vibrato = 8, Amplitude = new(0.005, 0.4, 0.78, 0.16), Drive = 0.3, Chorus = 0.25, Gain = 0.56 },
        Timbre.SquareLead => new SubtractivePatch { Wave = Wave.Pulse, Cutoff = 12_000, Tracking = 0.5, Vibrato = 9, Amplitude = new(0.002, 0.3, 0.7, 0.05), Bits = 7, Gain = 1.65 },
        Timbre.SoftLead => new SubtractivePatch { Wave = Wave.Triangle, Oscillators = 2, Detune = 6, Cutoff = 2_400, Tracking = 0.5, Sweep = 0.8, Filter = new(0.01, 0.4, 0.4, 0.2), Vibrato = 8, Amplitude = new(0.012, 0.5, 0.7, 0.22), Chorus = 0.25, Gain = 0.627 },
        _ => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 11, Cutoff = 1_000, Tracking = 0.4, Sweep = 1.1, Filter = new(0.9, 1.5, 0.6, 1.2), IsSteep = true, Amplitude = new(0.28, 1.2, 0.85, 0.9), Chorus = 0.85, Gain = 0.764 },
    };
}

/// <summary>Basses of every kind.</summary>
internal static class BassPatches
{
    /// <summary>The patch of a timbre, or null when it is no bass.</summary>
    public static Patch? Of(Timbre timbre) => timbre switch
    {
        Timbre.SynthBass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 2, Detune = 7, Sub = 0.7, Cutoff = 420, Tracking = 0.3, Sweep = 2.8, Filter = new(0.002, 0.14, 0.12, 0.1), Resonance = 1.3, IsSteep = true, Amplitude = new(0.003, 0.3, 0.8, 0.08), Drive = 0.8, Gain = 0.54 },
        Timbre.SubBass => new SubtractivePatch { Wave = Wave.Sine, Cutoff = 1_200, PitchFall = 12, FallSeconds = 0.016, Amplitude = new(0.003, 1.3, 0.4, 0.14), Drive = 1.6, Gain = 0.392 },
        Timbre.ReeseBass => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 24, Sub = 0.8, Cutoff = 560, Tracking = 0.2, Sweep = 1.2, Filter = new(0.25, 0.6, 0.5, 0.3), Resonance = 1, Amplitude = new(0.008, 0.5, 0.9, 0.1), Drive = 1.5, Gain = 0.483 },
        Timbre.AcidBass => new SubtractivePatch { Wave = Wave.Saw, Cutoff = 240, Tracking = 0.3, Sweep = 3.8, Filter = new(0.002, 0.17, 0.05, 0.1), Resonance = 4, IsSteep = true, Amplitude = new(0.002, 0.25, 0.6, 0.05), Drive = 0.9, Gain = 0.472 },
        Timbre.GrowlBass => new SubtractivePatch { Wave = Wave.Square, Oscillators = 3, Detune = 16, Sub = 0.6, Cutoff = 380, Tracking = 0.2, Sweep = 2.4, Filter = new(0.09, 0.16, 0.25, 0.1), Resonance = 3, Amplitude = new(0.004, 0.5, 0.85, 0.08), Drive = 4, Colour = [new(BandKind.Bell, 700, 4, 1.4), new(BandKind.Bell, 2_200, 3, 1.8), new(BandKind.HighCut, 7_500)], Gain = 0.226 },
        Timbre.ChipBass => new SubtractivePatch { Wave = Wave.Triangle, Cutoff = 9_000, Amplitude = new(0.002, 0.4, 0.85, 0.03), Bits = 5, Gain = 0.822 },
        Timbre.ElectricBass => new PluckPatch { Brightness = 0.5, Ring = 3.4, Place = 0.22, Body = 3_000, Amplitude = new(0.001, 2, 0.5, 0.08), Drive = 0.7, Colour = [new(BandKind.Bell, 750, 3, 0.9), new(BandKind.LowShelf, 110, 2)], Gain = 1.01 },
        Timbre.SlapBass => new PluckPatch { Brightness = 0.95, Ring = 3, Place = 0.1, Body = 7_000, Amplitude = new(0.001, 1.2, 0.35, 0.06), Drive = 1.2, Colour = [new(BandKind.Bell, 500, -4, 0.8), new(BandKind.Bell, 2_800, 4, 0.9), new(BandKind.LowShelf, 110, 3)], Gain = 0.801 },
        Timbre.UprightBass => new PluckPatch { Brightness = 0.3, Ring = 1.9, Place = 0.3, Body = 1_800, Amplitude = new(0.002, 1.2, 0.3, 0.12), Colour = [new(BandKind.Bell, 105, 3, 1.2), new(BandKind.Bell, 240, 2, 1.2), new(BandKind.Bell, 1_100, 2, 1)], Gain = 1.41 },
        Timbre.Contrabass => new SubtractivePatch { Wave = Wave.Bowed, Oscillators = 3, Detune = 10, Cutoff = 900, Tracking = 0.4, Sweep = 0.9, Filter = new(0.08, 0.4, 0.6, 0.3), Vibrato = 5, Noise = 0.02, Amplitude = new(0.05, 0.6, 0.85, 0.3), Colour = [new(BandKind.Bell, 110, 2, 1), new(BandKind.Bell, 380, 2, 1.3)], Gain = 0.689 },
        Timbre.Tuba => new SubtractivePatch { Wave = Wave.Brass, Cutoff = 420, Tracking = 0.6, Sweep = 1.6, Filter = new(0.035, 0.25, 0.5, 0.1), PitchFall = -0.5, FallSeconds = 0.02, Amplitude = new(0.02, 0.4, 0.8, 0.08), Noise = 0.006, Gain = 0.887 },
        _ => null,
    };
}
