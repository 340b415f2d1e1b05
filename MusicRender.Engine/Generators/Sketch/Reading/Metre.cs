namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>The bar: how many beats, and how many steps of the grid each beat has.</summary>
/// <param name="Name">As musicians write it: "6/8".</param>
/// <param name="Beats">Felt beats a bar; the tempo counts these.</param>
/// <param name="StepsPerBeat">Sixteenths a beat: 4 for a quarter, 6 for a dotted quarter, 2 for an eighth.</param>
internal readonly record struct Metre(string Name, int Beats, int StepsPerBeat)
{
    /// <summary>Four quarters.</summary>
    public static readonly Metre Common = new("4/4", 4, 4);

    private static readonly Metre[] Known =
    [
        Common, new("3/4", 3, 4), new("2/4", 2, 4), new("5/4", 5, 4), new("7/4", 7, 4), new("6/8", 2, 6), new("9/8", 3, 6), new("12/8", 4, 6),
        new("5/8", 5, 2), new("7/8", 7, 2),
    ];

    /// <summary>Sixteenths a bar.</summary>
    public int StepsPerBar => Beats * StepsPerBeat;

    /// <summary>True for four quarters.</summary>
    public bool IsCommon => Beats == 4 && StepsPerBeat == 4;

    /// <summary>The metre of a name such as "6/8".</summary>
    public static bool TryNamed(string name, out Metre metre)
    {
        metre = Array.Find(Known, known => known.Name == name);
        return metre.Beats > 0;
    }

    /// <summary>The metre of a name that is known.</summary>
    public static Metre Named(string name) => TryNamed(name, out var metre) ? metre : throw new ArgumentException($"No metre is called {name}.", nameof(name));
}
