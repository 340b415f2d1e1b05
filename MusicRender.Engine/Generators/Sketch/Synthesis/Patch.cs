namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>What a timbre is made of: the voices, one a note, and what they all go through together.</summary>
internal abstract record Patch
{
    /// <summary>Loudness of the envelope over the note.</summary>
    public required EnvelopeShape Amplitude { get; init; }

    /// <summary>Level, linear, that makes the timbres equally loud.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Overdrive of the amplifier, 0 (clean) and up.</summary>
    public double Drive { get; init; }

    /// <summary>Body, loudspeaker or vocal tract: what colours all notes alike.</summary>
    public Band[] Colour { get; init; } = [];

    /// <summary>How many players it sounds like: 0 (one) to 1 (a section).</summary>
    public double Chorus { get; init; }

    /// <summary>How far it swings from side to side, 0–1.</summary>
    public double Tremolo { get; init; }

    /// <summary>Bits of a sample, as of an early machine; 0 for all that there are.</summary>
    public int Bits { get; init; }
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

    /// <summary>True for a filter of 24 dB an octave, else 12.</summary>
    public bool IsSteep { get; init; }

    /// <summary>Vibrato, cents; it sets in after a quarter of a second.</summary>
    public double Vibrato { get; init; }

    /// <summary>Breath or bow noise, 0–1.</summary>
    public double Noise { get; init; }

    /// <summary>Semitones from which the pitch falls (or, below 0, rises) into the note.</summary>
    public double PitchFall { get; init; }

    /// <summary>Seconds in which two thirds of that are gone.</summary>
    public double FallSeconds { get; init; } = 0.012;
}

/// <summary>Two pairs of sines that move each other's phase.</summary>
internal sealed record FmPatch : Patch
{
    /// <summary>What rings.</summary>
    public required FmPair Body { get; init; }

    /// <summary>What is heard of the stroke.</summary>
    public FmPair Stroke { get; init; }
}

/// <summary>A sine whose phase another sine moves.</summary>
/// <param name="Level">Linear.</param>
/// <param name="Carrier">Frequency of what is heard, in that of the note.</param>
/// <param name="Ratio">Frequency of what moves it, in that of the note.</param>
/// <param name="Index">Depth at full velocity, radians.</param>
/// <param name="IndexDecay">Seconds in which two thirds of the depth are gone.</param>
/// <param name="IndexFloor">Depth that remains, of the full one.</param>
/// <param name="Decay">Seconds in which two thirds of the level are gone; 0 for none.</param>
internal readonly record struct FmPair(double Level, double Carrier, double Ratio, double Index, double IndexDecay, double IndexFloor, double Decay = 0);

/// <summary>A plucked string (Karplus and Strong 1983, tuned by an all-pass after Jaffe and Smith 1983).</summary>
internal sealed record PluckPatch : Patch
{
    /// <summary>How bright the pluck is, 0–1.</summary>
    public required double Brightness { get; init; }

    /// <summary>Seconds until the string is silent (−60 dB) at middle C.</summary>
    public required double Ring { get; init; }

    /// <summary>Where the string is plucked, of its length; what has a node there is missing.</summary>
    public double Place { get; init; } = 0.16;

    /// <summary>Cutoff of what follows the string, Hz.</summary>
    public double Body { get; init; } = 9_000;
}

/// <summary>A struck body whose sines die away.</summary>
internal sealed record ModalPatch : Patch
{
    /// <summary>What is struck.</summary>
    public required ModalBody Body { get; init; }

    /// <summary>Level of the stroke's noise.</summary>
    public double Knock { get; init; }
}

/// <summary>The sines of a struck body.</summary>
internal sealed record ModalBody
{
    /// <summary>Their frequencies, in that of the note.</summary>
    public required double[] Ratios { get; init; }

    /// <summary>Their levels, as many.</summary>
    public required double[] Levels { get; init; }

    /// <summary>Seconds until the first is silent (−60 dB) at middle C.</summary>
    public required double Ring { get; init; }

    /// <summary>How much faster the higher ones die away.</summary>
    public double Damping { get; init; } = 0.1;

    /// <summary>Over how many times the fundamental the levels fall to a third at middle C, struck hard.</summary>
    public double Brightness { get; init; } = 20;

    /// <summary>How far that follows the absolute pitch: 0 not at all, 1 wholly.</summary>
    public double Evenness { get; init; } = 0.5;

    /// <summary>Stiffness of a string at middle C: how far its overtones are stretched.</summary>
    public double Stiffness { get; init; }

    /// <summary>How far its strings are out of tune with each other, cents.</summary>
    public double Beating { get; init; }

    /// <summary>The overtones of a string that is struck at a place of its length.</summary>
    public static ModalBody String(int count, double place, double slope, double ring) => new()
    {
        Ratios = [.. Enumerable.Range(1, count).Select(number => (double)number)],
        Levels = [.. Enumerable.Range(1, count).Select(number => (0.12 + Math.Abs(Math.Sin(Math.PI * number * place))) * Math.Pow(number, -slope))],
        Ring = ring,
    };
}
