using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Gives the sections their chords: the same form, the same progression; each section closes as what follows needs it.</summary>
internal sealed class Harmony
{
    private static readonly string[] Dorian = ["i IV i IV", "i VII IV i", "i ii VII IV"];
    private static readonly string[] Phrygian = ["i II i II", "i II VII i", "i VI II i"];
    private static readonly string[] Lydian = ["I II I II", "I V II I", "I II vi V"];
    private static readonly string[] Mixolydian = ["I VII IV I", "I v IV I", "I IV VII I"];

    private readonly SongReading _song;
    private readonly string[] _major;
    private readonly string[] _minor;
    private readonly int _chorus;
    private readonly int _verse;
    private readonly int _bridge;

    /// <summary>Chooses the song's progressions.</summary>
    public Harmony(SongReading song, int seed)
    {
        _song = song;
        (_major, _minor) = (song.Genre.Major, song.Genre.Minor);
        var modal = song.Key.Mode switch
        {
            Mode.Dorian => Dorian,
            Mode.Phrygian => Phrygian,
            Mode.Lydian => Lydian,
            Mode.Mixolydian => Mixolydian,
            _ => null,
        };
        if (modal is not null)
        {
            (_major, _minor) = song.Key.IsMinor ? (_major, modal) : (modal, _minor);
        }

        // The first progressions are the genre's most usual ones.
        var random = new SeededRandom(seed, "harmony");
        _chorus = random.Below(Math.Max(_major.Length, _minor.Length));
        _verse = _chorus + 1 + random.Below(2);
        _bridge = _verse + 1;
    }

    /// <summary>The chords of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="bars">Its bars.</param>
    /// <param name="isLast">True for the song's last section.</param>
    public ChordChart ChordsOf(SectionReading section, int bars, bool isLast)
    {
        var key = section.Key;
        var (progression, turn) = ProgressionOf(section);
        var symbols = new string[bars];
        for (var bar = 0; bar < bars; bar++)
        {
            symbols[bar] = progression[(Place(bar, bars, progression.Length) + turn) % progression.Length];
        }

        if (section.Form == SectionForm.PreChorus && bars > 1)
        {
            symbols[^1] = key.IsMinor ? Dominant(key) : bars > 3 ? "Vsus4,V" : "V";
        }

        if (isLast && _song.Ending is Ending.Button or Ending.RingOut)
        {
            symbols[^1] = key.IsMinor ? "i" : "I";
            if (bars > 2)
            {
                symbols[^2] = Dominant(key);
            }
        }

        var changes = new List<ChordChange>();
        for (var bar = 0; bar < bars; bar++)
        {
            var parts = symbols[bar].Split(',');
            for (var part = 0; part < parts.Length; part++)
            {
                var chord = Chord.Parse(parts[part], key, _song.Genre.Chords.Colour);
                if (changes.Count == 0 || !changes[^1].Chord.IsSameAs(chord))
                {
                    changes.Add(new ChordChange(bar, part == 0 ? 0 : MiddleOf(_song.Metre), chord));
                }
            }
        }

        if (isLast && _song.Ending == Ending.Loop && bars > 1)
        {
            LeadBack(changes, bars, key);
        }

        return new ChordChart(changes, _song.Metre.StepsPerBar);
    }

    // The second chord of a bar comes on its middle beat.
    private static int MiddleOf(Metre metre) => (metre.Beats + 1) / 2 * metre.StepsPerBeat;

    // A section that is not as long as its progressions still closes like one: what is left over is the progression's end.
    private static int Place(int bar, int bars, int length)
    {
        var over = bars % length;
        return bars < length
            ? (bar == bars - 1 && bars > 1 ? length - 1 : bar)
            : bar >= bars - over ? length - (bars - bar) : bar % length;
    }

    // The last bar leads to the song's first chord, unless it does so already.
    private void LeadBack(List<ChordChange> changes, int bars, MusicalKey key)
    {
        var (opening, turn) = ProgressionOf(_song.Sections[0]);
        var first = Chord.Parse(opening[turn % opening.Length].Split(',')[0], _song.Sections[0].Key, _song.Genre.Chords.Colour);
        var last = changes[^1].Chord;
        if (last.Root != first.Root && (last.Root - first.Root + 12) % 12 is 5 or 7 or 10)
        {
            return;
        }

        changes.RemoveAll(change => change.Bar == bars - 1);
        changes.Add(new ChordChange(bars - 1, 0, first.Root == key.Tonic ? Chord.Parse(Dominant(key), key, _song.Genre.Chords.Colour) : Chord.DominantOf(first)));
    }

    // Where minor songs of the genre have no leading tone, theirs close by the seventh degree.
    private string Dominant(MusicalKey key) =>
        !key.IsMinor ? key.Mode == Mode.Mixolydian ? "VII" : _song.Genre.Chords.Colour == Colour.Plain ? "V" : "V7"
        : key.Mode == Mode.Minor && _minor.Any(progression => progression.Contains('V', StringComparison.Ordinal) && progression.Split(' ', ',').Any(symbol => symbol is "V" or "V7")) ? "V7"
        : key.Mode == Mode.Phrygian ? "II" : "VII";

    private (string[] Progression, int Turn) ProgressionOf(SectionReading section)
    {
        var all = section.Key.IsMinor ? _minor : _major;
        var (index, turn) = section.Form switch
        {
            SectionForm.Chorus or SectionForm.Drop or SectionForm.Breakdown or SectionForm.Outro => (_chorus, 0),
            SectionForm.PreChorus => (_chorus, 2),
            SectionForm.Bridge => (_bridge, all.Length > 2 ? 0 : 2),
            SectionForm.Intro => (_chorus, 0),
            _ => (_verse, 0),
        };
        return (all[index % all.Length].Split(' '), turn);
    }
}
