namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>The bar: how many beats, and how many steps of the grid each beat has.</summary>
/// <param name="Name">As musicians write it: "6/8".</param>
/// <param name="Beats">Felt beats a bar; the tempo counts these.</param>
/// <param name="StepsPerBeat">Sixteenths a beat: 4 for a quarter, 6 for a dotted quarter, 2 for an eighth.</param>
internal readonly record struct Metre(string Name, int Beats, int StepsPerBeat)
{
    /// <summary>Four quarters.</summary>
    public static readonly Metre Common = new("4/4", 4, 4);

    /// <summary>Sixteenths a bar.</summary>
    public int StepsPerBar => Beats * StepsPerBeat;

    /// <summary>True for the bar that the genres' patterns are written for.</summary>
    public bool IsCommon => Beats == 4 && StepsPerBeat == 4;
}
