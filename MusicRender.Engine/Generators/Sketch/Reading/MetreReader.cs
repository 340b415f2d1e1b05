namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds the metre in styles.</summary>
internal static class MetreReader
{
    private static readonly (string[] Words, Metre Metre)[] Known =
    [
        (["3/4", "waltz", "three four", "triple metre", "triple meter"], new Metre("3/4", 3, 4)),
        (["6/8", "six eight", "jig"], new Metre("6/8", 2, 6)),
        (["12/8"], new Metre("12/8", 4, 6)),
        (["5/4"], new Metre("5/4", 5, 4)),
        (["7/8"], new Metre("7/8", 7, 2)),
        (["7/4"], new Metre("7/4", 7, 4)),
        (["2/4", "polka"], new Metre("2/4", 2, 4)),
    ];

    /// <summary>The metre that is asked for; four quarters when none is, or when the one asked for is also refused.</summary>
    public static Metre Read(StyleText global)
    {
        foreach (var (words, metre) in Known)
        {
            if (global.Wants(words) && !global.Refuses(words))
            {
                return metre;
            }
        }

        return Metre.Common;
    }
}
