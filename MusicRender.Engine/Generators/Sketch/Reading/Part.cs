namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>The parts of an arrangement, each with its own channel of the mix.</summary>
internal enum Part
{
    /// <summary>Drums and percussion.</summary>
    Drums,

    /// <summary>Bass line.</summary>
    Bass,

    /// <summary>Chords in rhythm.</summary>
    Chords,

    /// <summary>Held chords.</summary>
    Pad,

    /// <summary>Broken chords.</summary>
    Arpeggio,

    /// <summary>The tune.</summary>
    Lead,

    /// <summary>Noise textures: vinyl, rain.</summary>
    Texture,

    /// <summary>The guide voice that sings the lyrics.</summary>
    Voice,
}

/// <summary>A set of parts.</summary>
/// <param name="Bits">Bit n is the part of number n.</param>
internal readonly record struct PartSet(int Bits)
{
    /// <summary>No part.</summary>
    public static readonly PartSet None = new(0);

    /// <summary>Every part.</summary>
    public static readonly PartSet All = new((1 << Count) - 1);

    /// <summary>How many parts there are.</summary>
    public const int Count = 8;

    /// <summary>The set of these parts.</summary>
    public static PartSet Of(params ReadOnlySpan<Part> parts)
    {
        var bits = 0;
        foreach (var part in parts)
        {
            bits |= 1 << (int)part;
        }

        return new PartSet(bits);
    }

    /// <summary>True when the part is in the set.</summary>
    public bool Has(Part part) => (Bits & (1 << (int)part)) != 0;

    /// <summary>The set with one more part.</summary>
    public PartSet With(Part part) => new(Bits | (1 << (int)part));

    /// <summary>The set less some parts.</summary>
    public PartSet Except(PartSet parts) => new(Bits & ~parts.Bits);

    /// <summary>Both sets.</summary>
    public PartSet Union(PartSet parts) => new(Bits | parts.Bits);
}
