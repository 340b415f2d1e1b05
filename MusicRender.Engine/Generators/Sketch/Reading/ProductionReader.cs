namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds production words in styles: "lo-fi", "dry", "wide", "reverb-drenched", "vinyl".</summary>
internal static class ProductionReader
{
    private static readonly string[] DryWords = ["dry", "dry mix", "close mic", "isolated", "dead room", "up close", "in your face"];
    private static readonly string[] WetWords = ["reverb", "spacious", "ethereal", "atmospheric", "dreamy", "roomy", "hall", "concert hall reverb", "room ambience", "dark reverb"];
    private static readonly string[] DrenchedWords = ["reverb drenched", "drenched in reverb", "lush reverb", "cathedral", "huge reverb", "heavy reverb", "long reverb", "cavernous", "washed out"];
    private static readonly string[] EchoWords = ["echo", "delay", "tape delay", "ping pong delay", "dub delay", "slapback", "echoing"];
    private static readonly string[] WideWords = ["wide", "wide stereo", "stereo width", "panoramic", "immersive", "widescreen"];
    private static readonly string[] NarrowWords = ["mono", "narrow", "mono mix", "focused"];
    private static readonly string[] TapeWords = ["tape", "lo fi", "lofi", "tape saturation", "cassette", "warped", "wow and flutter", "dusty", "vhs", "slight pitch wobble", "rolled off highs", "worn", "old record", "vinyl"];
    private static readonly string[] CrushWords = ["bitcrushed", "bit crushed", "8 bit", "8bit", "12 bit", "low bit", "crunchy sampler", "chiptune"];
    private static readonly string[] DriveWords = ["distorted", "overdriven", "gritty", "crunchy", "saturated", "fuzzy", "aggressive", "raw", "dirty", "hard hitting", "industrial"];

    /// <summary>The production: the genre's, moved by the words.</summary>
    public static Production Read(StyleText song, Genre genre) => new(
        RoomOf(song, genre.Room),
        EchoOf(song, genre.Echo),
        Wants(song, NarrowWords) ? 0.1 : Wants(song, WideWords) ? 0.85 : 0.5,
        Wants(song, TapeWords) || genre.Kit == DrumKit.Dusty ? 0.7 : 0,
        Wants(song, CrushWords) || genre.Kit == DrumKit.Chip ? 0.5 : 0,
        Wants(song, DriveWords) ? 0.5 : 0);

    /// <summary>The words for people: "wide", "drenched in reverb"; only what somebody asked for.</summary>
    public static IEnumerable<string> Describe(StyleText song)
    {
        if (IsDry(song))
        {
            yield return "dry";
        }
        else if (Wants(song, DrenchedWords))
        {
            yield return "drenched in reverb";
        }
        else if (Wants(song, WetWords))
        {
            yield return "roomy";
        }

        foreach (var (words, name) in ((string[], string)[])[(EchoWords, "echo"), (NarrowWords, "narrow"), (WideWords, "wide"), (TapeWords, "worn tape"), (CrushWords, "bit-crushed"), (DriveWords, "driven")])
        {
            if (Wants(song, words))
            {
                yield return name;
            }
        }
    }

    /// <summary>The drum sounds that are asked for, else the genre's.</summary>
    public static DrumKit KitOf(StyleText song, DrumKit kit) => song switch
    {
        _ when Wants(song, "acoustic drum", "live drum", "real drum", "live drum kit", "rock drum") => DrumKit.Acoustic,
        _ when Wants(song, "brushed drum", "brushes", "brush", "brushed snare") => DrumKit.Brushes,
        _ when Wants(song, "808 drum", "trap drum", "trap hats", "rolling hi hats") => DrumKit.Trap,
        _ when Wants(song, "dusty drum", "boom bap drum", "soft boom bap drum", "lo fi drum", "vinyl drum") => DrumKit.Dusty,
        _ when Wants(song, "electronic drum", "drum machine", "909", "programmed drum") => DrumKit.Electronic,
        _ when Wants(song, "taiko", "orchestral percussion", "timpani", "cinematic drum", "epic drum") => DrumKit.Orchestral,
        _ when Wants(song, "conga", "bongo", "latin percussion", "timbales", "hand percussion") => DrumKit.Latin,
        _ when Wants(song, "marching drum", "military snare", "marching snare", "drum corps") => DrumKit.March,
        _ when Wants(song, "8 bit drum", "chip drum") => DrumKit.Chip,
        _ => kit,
    };

    private static double RoomOf(StyleText song, double room) => song switch
    {
        _ when IsDry(song) => room * 0.25,
        _ when Wants(song, DrenchedWords) => Math.Min(1, room + 0.45),
        _ when Wants(song, WetWords) => Math.Min(1, room + 0.2),
        _ => room,
    };

    private static double EchoOf(StyleText song, double echo) => song switch
    {
        _ when song.Refuses(EchoWords) => 0,
        _ when IsDry(song) => echo * 0.3,
        _ when Wants(song, EchoWords) => Math.Min(1, echo + 0.35),
        _ => echo,
    };

    private static bool IsDry(StyleText song) => Wants(song, DryWords) || song.Refuses("reverb");

    // What is refused in any words is not wanted.
    private static bool Wants(StyleText song, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (song.Wants(word) && !song.Refuses(word))
            {
                return true;
            }
        }

        return false;
    }
}
