namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds the metre in styles.</summary>
internal static class MetreReader
{
    private static readonly (string Metre, string[] Words)[] Known =
    [
        ("12/8", ["12/8", "twelve eight", "slow blues shuffle"]),
        ("9/8", ["9/8", "nine eight", "slip jig"]),
        ("6/8", ["6/8", "six eight", "jig", "tarantella", "barcarolle"]),
        ("3/4", ["3/4", "waltz", "three four", "triple metre", "triple meter", "walzer", "valse", "vals", "mazurka", "minuet"]),
        ("5/4", ["5/4", "five four"]),
        ("7/8", ["7/8", "seven eight"]),
        ("7/4", ["7/4", "seven four"]),
        ("5/8", ["5/8", "five eight"]),
        ("2/4", ["2/4", "polka", "two four"]),
        ("4/4", ["4/4", "four four", "common time", "four on the floor"]),
    ];

    /// <summary>The metre that is asked for and not also refused; else the genre's own, unless that is refused.</summary>
    public static Metre Read(StyleText styles, Genre genre)
    {
        foreach (var (name, words) in Known)
        {
            if (styles.Wants(words) && !styles.Refuses(words))
            {
                return Metre.Named(name);
            }
        }

        var refused = Known.First(row => row.Metre == genre.Metre).Words;
        return styles.Refuses(refused) ? Metre.Common : Metre.Named(genre.Metre);
    }
}
