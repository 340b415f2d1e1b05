using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>What is struck or plucked: keys, strings, bars.</summary>
internal static class StruckPatches
{
    private static readonly Band[] GuitarBody = [new(BandKind.Bell, 105, 3, 1.6), new(BandKind.Bell, 210, 2.5, 1.8), new(BandKind.Bell, 420, -2, 1), new(BandKind.HighShelf, 5_000, 2)];

    private static readonly Band[] Loudspeaker = [new(BandKind.LowCut, 95), new(BandKind.Bell, 420, -3, 0.9), new(BandKind.Bell, 2_400, 4, 1.1), new(BandKind.HighCut, 4_800, 0, 1.1)];

    /// <summary>The patch of a timbre, or null when it is neither.</summary>
    public static Patch? Of(Timbre timbre) => timbre switch
    {
        Timbre.Piano => new ModalPatch { Body = ModalBody.String(24, 0.122, 0.85, 9) with { Damping = 0.16, Brightness = 9, Evenness = 0.75, Stiffness = 0.00038, Beating = 0.9 }, Knock = 0.16, Amplitude = new(0.001, 20, 1, 0.22), Colour = [new(BandKind.Bell, 190, 1.5, 0.8), new(BandKind.Bell, 2_600, 1.5, 0.8)], Gain = 0.723 },
        Timbre.ElectricPiano => new FmPatch { Body = new(1, 1, 1, 1.25, 0.7, 0.2), Stroke = new(0.32, 1, 14, 0.42, 0.08, 0, 0.5), Amplitude = new(0.002, 1.5, 0.05, 0.2), Tremolo = 0.3, Drive = 0.4, Colour = [new(BandKind.LowShelf, 180, -2), new(BandKind.Bell, 1_600, 2, 0.8)], Gain = 0.462 },
        Timbre.Harpsichord => new PluckPatch { Brightness = 1, Ring = 3, Place = 0.1, Body = 14_000, Amplitude = new(0.001, 3, 0.3, 0.1), Colour = [new(BandKind.LowCut, 160), new(BandKind.Bell, 3_400, 3, 0.8), new(BandKind.HighShelf, 7_000, 3)], Gain = 1.15 },
        Timbre.AcousticGuitar => new PluckPatch { Brightness = 0.72, Ring = 2.6, Place = 0.19, Body = 9_500, Amplitude = new(0.001, 2.5, 0.3, 0.16), Colour = GuitarBody, Gain = 1.61 },
        Timbre.CleanGuitar => new PluckPatch { Brightness = 0.75, Ring = 3.4, Place = 0.14, Body = 6_000, Drive = 0.9, Amplitude = new(0.001, 2.5, 0.4, 0.1), Chorus = 0.22, Colour = [new(BandKind.LowCut, 110), new(BandKind.Bell, 1_900, 2.5, 0.8)], Gain = 1.4 },
        Timbre.MutedGuitar => new PluckPatch { Brightness = 0.6, Ring = 0.5, Place = 0.08, Body = 4_500, Drive = 0.9, Amplitude = new(0.001, 0.16, 0, 0.05), Colour = [new(BandKind.LowCut, 120), new(BandKind.Bell, 1_500, 3, 0.9)], Gain = 1.84 },
        Timbre.DistortedGuitar => new PluckPatch { Brightness = 0.85, Ring = 7, Place = 0.12, Body = 5_000, Drive = 16, Amplitude = new(0.002, 4, 0.85, 0.07), Colour = Loudspeaker, Gain = 0.773 },
        Timbre.Banjo => new PluckPatch { Brightness = 0.95, Ring = 0.9, Place = 0.07, Body = 8_000, Amplitude = new(0.001, 0.6, 0.1, 0.1), Colour = [new(BandKind.LowCut, 190), new(BandKind.Bell, 700, 4, 1.4), new(BandKind.Bell, 2_700, 3, 1)], Gain = 1.99 },
        Timbre.Sitar => new PluckPatch { Brightness = 1, Ring = 4, Place = 0.05, Body = 9_000, Drive = 2.2, Amplitude = new(0.001, 2.5, 0.3, 0.3), Colour = [new(BandKind.LowCut, 150), new(BandKind.Bell, 1_300, 4, 1.6), new(BandKind.Bell, 3_500, 4, 1.2)], Gain = 0.673 },
        Timbre.Harp => new PluckPatch { Brightness = 0.5, Ring = 2.8, Place = 0.45, Body = 7_500, Amplitude = new(0.001, 1.5, 0.2, 0.5), Gain = 1.53 },
        Timbre.Bells => new FmPatch { Body = new(1, 1, 3.5, 1.5, 0.35, 0.12), Stroke = new(0.4, 2.5, 1.5, 0.9, 0.2, 0.1, 0.25), Amplitude = new(0.002, 0.8, 0, 0.9), Gain = 0.46 },
        Timbre.Marimba => new ModalPatch { Body = new ModalBody { Ratios = [1, 3.98, 10.2], Levels = [1, 0.35, 0.14], Ring = 1.5, Damping = 0.55, Brightness = 6, Evenness = 0.3 }, Knock = 0.35, Amplitude = new(0.001, 20, 1, 0.35), Gain = 1.01 },
        Timbre.SteelDrum => new ModalPatch { Body = new ModalBody { Ratios = [1, 2.005, 3.01, 4.1, 5.4, 6.8], Levels = [1, 0.75, 0.4, 0.18, 0.12, 0.06], Ring = 1.7, Damping = 0.12, Brightness = 8, Evenness = 0.4, Beating = 3 }, Knock = 0.12, Amplitude = new(0.001, 20, 1, 0.3), Colour = [new(BandKind.Bell, 1_100, 2, 1)], Gain = 0.848 },
        _ => null,
    };
}

/// <summary>What is blown, bowed or sung.</summary>
internal static class WindAndBowPatches
{
    private static readonly Band[] ViolinBody = [new(BandKind.LowCut, 180), new(BandKind.Bell, 290, 2.5, 2), new(BandKind.Bell, 480, 2.5, 2), new(BandKind.Bell, 1_500, -2, 1), new(BandKind.Bell, 2_600, 3.5, 1.2), new(BandKind.HighCut, 8_500)];

    /// <summary>The patch of a timbre, or null when it is none of them.</summary>
    public static Patch? Of(Timbre timbre) => timbre switch
    {
        Timbre.Accordion => new SubtractivePatch { Wave = Wave.Accordion, Oscillators = 2, Detune = 14, Cutoff = 4_200, Tracking = 0.3, Noise = 0.006, Amplitude = new(0.03, 0.3, 0.95, 0.07), Colour = [new(BandKind.Bell, 900, 2, 1), new(BandKind.Bell, 2_200, 2, 1.2)], Gain = 0.659 },
        Timbre.Strings => new SubtractivePatch { Wave = Wave.Bowed, Oscillators = 3, Detune = 7, Cutoff = 3_400, Tracking = 0.5, Sweep = 0.9, Filter = new(0.12, 0.6, 0.65, 0.5), Vibrato = 6, Noise = 0.015, Amplitude = new(0.09, 0.8, 0.88, 0.4), Chorus = 0.9, Colour = [new(BandKind.Bell, 420, 1.5, 1), new(BandKind.Bell, 2_400, 2, 1), new(BandKind.HighCut, 9_500)], Gain = 0.403 },
        Timbre.Choir => new SubtractivePatch { Wave = Wave.Saw, Oscillators = 3, Detune = 13, Cutoff = 2_600, Tracking = 0.2, Vibrato = 11, Noise = 0.035, Amplitude = new(0.2, 1, 0.88, 0.6), Chorus = 0.9, Colour = [new(BandKind.Bell, 700, 9, 2.2), new(BandKind.Bell, 1_150, 7, 2.5), new(BandKind.Bell, 1_900, -6, 2), new(BandKind.Bell, 2_800, 5, 3), new(BandKind.HighCut, 5_500), new(BandKind.LowCut, 160)], Gain = 0.429 },
        Timbre.Brass => new SubtractivePatch { Wave = Wave.Brass, Oscillators = 3, Detune = 7, Cutoff = 900, Tracking = 0.6, Sweep = 2.2, Filter = new(0.045, 0.3, 0.6, 0.12), PitchFall = -0.6, FallSeconds = 0.025, Vibrato = 5, Noise = 0.006, Amplitude = new(0.022, 0.4, 0.85, 0.12), Chorus = 0.5, Colour = [new(BandKind.Bell, 1_200, 2.5, 1), new(BandKind.LowCut, 110)], Gain = 0.54 },
        Timbre.Trumpet => new SubtractivePatch { Wave = Wave.Brass, Cutoff = 1_100, Tracking = 0.7, Sweep = 2, Filter = new(0.03, 0.25, 0.65, 0.1), PitchFall = -0.8, FallSeconds = 0.02, Vibrato = 9, Noise = 0.008, Amplitude = new(0.016, 0.3, 0.88, 0.09), Colour = [new(BandKind.Bell, 1_250, 3, 1.2), new(BandKind.Bell, 2_600, 2, 1.5)], Gain = 0.555 },
        Timbre.Flute => new SubtractivePatch { Wave = Wave.Hollow, Cutoff = 6_500, Tracking = 0.3, Vibrato = 10, Noise = 0.06, PitchFall = -0.3, FallSeconds = 0.03, Amplitude = new(0.05, 0.4, 0.88, 0.16), Gain = 0.527 },
        Timbre.Clarinet => new SubtractivePatch { Wave = Wave.Clarinet, Cutoff = 2_600, Tracking = 0.5, Sweep = 0.6, Filter = new(0.03, 0.3, 0.6, 0.15), Vibrato = 4, Noise = 0.015, Amplitude = new(0.03, 0.4, 0.9, 0.1), Colour = [new(BandKind.Bell, 1_500, 2, 1)], Gain = 0.38 },
        Timbre.Saxophone => new SubtractivePatch { Wave = Wave.Reed, Cutoff = 1_500, Tracking = 0.6, Sweep = 1.4, Filter = new(0.025, 0.3, 0.6, 0.15), Resonance = 1.3, PitchFall = -0.7, FallSeconds = 0.03, Vibrato = 12, Noise = 0.04, Amplitude = new(0.022, 0.4, 0.84, 0.11), Drive = 0.7, Colour = [new(BandKind.Bell, 600, 3, 1.2), new(BandKind.Bell, 1_700, 2.5, 1.4), new(BandKind.HighCut, 7_500)], Gain = 0.288 },
        Timbre.Violin => new SubtractivePatch { Wave = Wave.Bowed, Cutoff = 4_200, Tracking = 0.4, Sweep = 0.6, Filter = new(0.08, 0.5, 0.7, 0.3), Vibrato = 16, Noise = 0.018, Amplitude = new(0.05, 0.5, 0.88, 0.14), Colour = ViolinBody, Gain = 0.573 },
        Timbre.Cello => new SubtractivePatch { Wave = Wave.Bowed, Cutoff = 1_900, Tracking = 0.4, Sweep = 0.7, Filter = new(0.09, 0.5, 0.7, 0.3), Vibrato = 12, Noise = 0.015, Amplitude = new(0.06, 0.6, 0.88, 0.2), Colour = [new(BandKind.Bell, 220, 3, 1.5), new(BandKind.Bell, 600, 2, 1.4), new(BandKind.Bell, 1_700, 2.5, 1.5), new(BandKind.HighCut, 6_000)], Gain = 0.581 },
        _ => null,
    };
}
