using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Gives the sections their chords: the same form, the same progression.</summary>
internal sealed class Harmony
{
    private static readonly string[] Dorian = ["i IV i IV", "i VII IV i", "i ii VII IV"];
    private static readonly string[] Phrygian = ["i II i II", "i II VII i", "i VI II i"];
    private static readonly string[] Lydian = ["I II I II", "I V II I", "I II vi V"];
    private static readonly string[] Mixolydian = ["I VII IV I", "I v IV I", "I IV VII I"];

    private readonly string[] _progressions;
    private readonly int _chorus;
    private readonly int _verse;

    /// <summary>Chooses the song's progressions.</summary>
    public Harmony(Genre genre, MusicalKey key, int seed)
    {
        _progressions = key.Mode switch
        {
            Mode.Dorian => Dorian,
            Mode.Phrygian => Phrygian,
            Mode.Lydian => Lydian,
            Mode.Mixolydian => Mixolydian,
            Mode.Minor => genre.MinorProgressions,
            _ => genre.MajorProgressions,
        };
        var random = new SeededRandom(seed, "harmony");
        _chorus = random.Below(_progressions.Length);
        _verse = _progressions.Length == 1 ? 0 : (_chorus + 1 + random.Below(_progressions.Length - 1)) % _progressions.Length;
    }

    /// <summary>The chords of a section, one a bar. The song's last section comes home to the tonic.</summary>
    public Chord[] ChordsOf(SectionReading section, int bars, bool isLast)
    {
        // A section in another mode than the song's cannot use the song's numerals.
        var (index, turn) = section.Form switch
        {
            SectionForm.Chorus or SectionForm.Drop or SectionForm.Breakdown or SectionForm.Outro => (_chorus, 0),
            SectionForm.Solo or SectionForm.Intro => (_verse, 0),
            SectionForm.PreChorus => (_chorus, 2),
            SectionForm.Bridge => (_verse, 2),
            _ => (_verse, 0),
        };
        var numerals = _progressions[index].Split(' ');
        var key = section.Key;
        var chords = new Chord[bars];
        for (var bar = 0; bar < bars; bar++)
        {
            chords[bar] = Chord.Parse(InMode(numerals[(bar + turn) % numerals.Length], key), key);
        }

        if (section.Form == SectionForm.PreChorus && bars > 1)
        {
            chords[^1] = Chord.Parse(key.IsMinor ? "V" : "Vsus4", key);
        }

        if (isLast)
        {
            chords[^1] = Chord.TonicOf(key);
            if (bars > 3)
            {
                chords[^2] = Chord.Parse(key.IsMinor ? "VII" : "V", key);
            }
        }

        return chords;
    }

    // A numeral of the song's mode, said in the section's: only the tonic's third tells them apart.
    private string InMode(string numeral, MusicalKey key)
    {
        var songIsMinor = _progressions.Any(progression => progression.Split(' ').Any(symbol => symbol.StartsWith('i') && !symbol.StartsWith("ii", StringComparison.Ordinal) && !symbol.StartsWith("iv", StringComparison.Ordinal)));
        if (songIsMinor == key.IsMinor)
        {
            return numeral;
        }

        var bare = numeral.TrimStart('b').TrimEnd('7', 'm', 'a', 'j', 'd', '9', 's', 'u', '4', '2').ToUpperInvariant();
        return key.IsMinor
            ? bare switch { "I" or "IV" or "V" => bare.ToLowerInvariant(), "II" => "iv", "III" => "III", "VI" => "VI", _ => "VII" }
            : bare switch { "I" or "IV" or "V" => bare, "II" or "III" or "VI" => bare.ToLowerInvariant(), _ => "V" };
    }
}
