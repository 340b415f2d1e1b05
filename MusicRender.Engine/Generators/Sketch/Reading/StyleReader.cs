using System.Globalization;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Reads a plan. Understands what it can and never fails: words it does not know change nothing.</summary>
internal static class StyleReader
{
    private static readonly string[] MoodWords =
    [
        "dark", "melancholic", "sad", "moody", "tense", "aggressive", "mysterious", "haunting", "happy", "euphoric",
        "uplifting", "bright", "cheerful", "joyful", "playful", "hopeful", "calm", "peaceful", "relaxed", "dreamy",
        "nostalgic", "romantic", "energetic", "epic", "heroic", "triumphant", "warm", "cozy", "intimate", "chill",
    ];

    /// <summary>Reads the plan; the seed decides what the words leave open.</summary>
    public static SongReading Read(CompositionPlan plan, int seed)
    {
        var global = new StyleText(plan.PositiveGlobalStyles, plan.NegativeGlobalStyles);
        var locals = plan.Sections.Select(section => new StyleText(section.PositiveLocalStyles, section.NegativeLocalStyles)).ToList();

        // A plan without global styles says in its sections what it is.
        var whole = new StyleText(
            [.. plan.PositiveGlobalStyles, .. plan.Sections.SelectMany(section => section.PositiveLocalStyles)],
            plan.NegativeGlobalStyles);
        var song = global.Wanted.Count > 0 ? global : whole;
        var genre = Catalogue.Read(song);
        var bpm = TempoReader.ReadNumber(global.Raw) ?? TempoReader.ReadNumber(whole.Raw) ?? TempoReader.Read(song, genre.Bpm);
        var key = KeyReader.ReadNamed(global.Raw) is { } named ? named : KeyReader.Read(song, genre.IsMinor, seed);
        var metre = MetreReader.Read(song);
        var swung = song.Wants("swung", "swing", "shuffle", "shuffled", "swinging") && !song.Refuses("swing", "swung", "shuffle");
        var straight = song.Wants("straight", "straight beat", "straight groove", "straight eighths") || song.Refuses("swing", "swung", "shuffle");
        var human = song.Wants("live", "human", "human feel", "organic", "one take", "live one take", "imperfect", "loose");
        var tight = song.Wants("quantized", "tight timing", "mechanical", "robotic", "precise", "exact timing");
        var sections = plan.Sections.Select((section, index) => SingerReader.Sing(ReadSection(section, global, locals[index], genre, key), section, global, locals[index])).ToList();
        var reading = new SongReading
        {
            Genre = genre,
            Bpm = bpm,
            Key = key,
            Metre = metre,
            Swing = straight ? 0 : swung ? Math.Max(0.2, genre.Swing) : genre.Swing,
            HalfTime = song.Wants("half time", "halftime", "half time feel") && genre.Words[0] != "trap",
            Looseness = tight ? 0 : human ? Math.Max(0.6, genre.Looseness) : genre.Looseness,
            Room = ReadRoom(song, genre.Room),
            Kit = ReadKit(song, genre.Kit),
            Singer = SingerReader.Read(whole, genre, seed),
            Ending = EndingReader.Read(plan.Sections, global, locals[^1], Ending.RingOut),
            Sections = sections,
            Moods = [.. MoodWords.Where(word => whole.Wants(word) && !whole.Refuses(word)).Take(6)],
            Understood = [],
        };
        return reading with { Understood = Describe(reading, song) };
    }

    private static SectionReading ReadSection(PlanSection section, StyleText global, StyleText local, Genre genre, MusicalKey key)
    {
        var form = FormReader.ReadForm(section.SectionName);
        var timbres = new Timbre[PartSet.Count];
        timbres[(int)Part.Bass] = genre.BassTimbre;
        timbres[(int)Part.Chords] = genre.ChordsTimbre;
        timbres[(int)Part.Pad] = genre.PadTimbre;
        timbres[(int)Part.Arpeggio] = genre.ArpeggioTimbre;
        timbres[(int)Part.Lead] = genre.LeadTimbre;

        var refused = Refused(global).Union(Refused(local));
        var asked = Ask(global, timbres, [global, local]);
        var askedHere = Ask(local, timbres, [global, local]);
        if (IsAlone(local) || (IsAlone(global) && askedHere == PartSet.None))
        {
            var only = IsAlone(local) ? askedHere : asked;
            refused = refused.Union(only == PartSet.None ? PartSet.None : PartSet.All.Except(only));

            // One instrument alone plays chords and tune, with two hands.
            if (only == PartSet.Of(Part.Chords))
            {
                refused = refused.Except(PartSet.Of(Part.Lead));
                askedHere = askedHere.With(Part.Lead);
                timbres[(int)Part.Lead] = timbres[(int)Part.Chords];
            }
        }

        var texture = (global.Wants("rain") || local.Wants("rain")) && !global.Refuses("rain") && !local.Refuses("rain")
            ? Texture.Rain
            : (genre.Texture == Texture.Vinyl || global.Wants("vinyl", "vinyl crackle", "tape hiss") || local.Wants("vinyl", "vinyl crackle"))
              && !global.Refuses("vinyl", "crackle", "noise", "vinyl crackle") && !local.Refuses("vinyl", "crackle", "noise")
                ? Texture.Vinyl
                : Texture.None;
        var parts = genre.Parts.Union(asked).Union(askedHere).Except(refused);
        if (texture != Texture.None)
        {
            parts = parts.With(Part.Texture);
        }

        // Something must sound: a plan that refuses everything gets the pad back, softly. An arpeggio alone plays only where
        // the music is full.
        if (parts.Except(PartSet.Of(Part.Texture, Part.Arpeggio)) == PartSet.None)
        {
            parts = parts.With(Part.Pad);
        }

        return new SectionReading
        {
            Name = section.SectionName,
            DurationMs = section.DurationMs,
            Form = form,
            Energy = FormReader.ReadEnergy(form, local, global),
            Key = KeyReader.ReadNamed(local.Raw) ?? key,
            HasOwnKey = KeyReader.ReadNamed(local.Raw) is not null,
            Parts = parts,
            Wanted = askedHere.Except(refused),
            IsSung = section.Lines.Any(line => !string.IsNullOrWhiteSpace(line)) && !RefusesVoices(global) && !RefusesVoices(local),
            Timbres = timbres,
            Texture = texture,
        };
    }

    // "Solo piano", "piano only", "a cappella pads": the named instruments and nothing else.
    private static bool IsAlone(StyleText text) => text.Wanted.Any(style =>
        Instruments.NamedIn(style).Any() && (StyleText.Has(style, "solo piano") || StyleText.Has(style, "only") || StyleText.Has(style, "solo guitar") || StyleText.Has(style, "alone")));

    private static bool RefusesVoices(StyleText text) =>
        text.Wants("instrumental", "no vocals") || text.Refuses("vocal", "voice", "singing", "singer", "lyrics", "vocals");

    private static PartSet Ask(StyleText styles, Timbre[] timbres, ReadOnlySpan<StyleText> refusals)
    {
        var asked = PartSet.None;
        var taken = PartSet.None;
        foreach (var style in styles.Wanted)
        {
            foreach (var instrument in Instruments.NamedIn(style))
            {
                if (Refuses(refusals, instrument))
                {
                    continue;
                }

                // The first that is named for a part plays it; a second one for the chords can take the arpeggio.
                var part = instrument.Part;
                if (taken.Has(part) && part == Part.Chords && !taken.Has(Part.Arpeggio))
                {
                    part = Part.Arpeggio;
                }

                if (!taken.Has(part))
                {
                    timbres[(int)part] = instrument.Timbre;
                    taken = taken.With(part);
                    asked = asked.With(part);
                }
            }

            foreach (var (part, words) in Instruments.PartWords)
            {
                if (words.Any(word => StyleText.Has(style, word)) && !(part == Part.Drums && StyleText.Has(style, "drum and bass") && !StyleText.Has(style, "beat")))
                {
                    asked = asked.With(part);
                }
            }
        }

        return asked;
    }

    private static bool Refuses(ReadOnlySpan<StyleText> refusals, Instrument instrument)
    {
        foreach (var text in refusals)
        {
            if (text.Refuses(instrument.Words))
            {
                return true;
            }
        }

        return false;
    }

    // Only a style that is the part's word alone refuses the whole part: "harsh bass" is not "bass".
    private static PartSet Refused(StyleText text)
    {
        var refused = PartSet.None;
        foreach (var style in text.Unwanted)
        {
            var bare = $" {style.Trim()} ";
            foreach (var (part, words) in Instruments.PartWords)
            {
                if (words.Any(word => bare == $" {word} " || bare == $" {word}s ")
                    || bare == $" any {words[0]} " || bare == $" any {words[0]}s " || bare == $" all {words[0]}s ")
                {
                    refused = refused.With(part);
                }
            }

            // "Drums and bass", "drums or percussion": a list of parts.
            var list = style.Split([" and ", " or ", " / "], StringSplitOptions.TrimEntries);
            if (list.Length > 1)
            {
                foreach (var item in list)
                {
                    foreach (var (part, words) in Instruments.PartWords)
                    {
                        refused = words.Any(word => item == word || item == $"{word}s") ? refused.With(part) : refused;
                    }
                }
            }
        }

        return text.Wants("drumless", "beatless", "percussionless") ? refused.With(Part.Drums) : refused;
    }

    private static double ReadRoom(StyleText song, double room) => song switch
    {
        _ when song.Wants("dry", "dry mix", "close mic", "isolated", "no reverb") || song.Refuses("reverb") => room * 0.25,
        _ when song.Wants("reverb", "spacious", "wide", "ethereal", "cathedral", "lush reverb", "atmospheric", "dreamy") => Math.Min(1, room + 0.25),
        _ => room,
    };

    private static DrumKit ReadKit(StyleText song, DrumKit kit) => song switch
    {
        _ when song.Wants("acoustic drum", "live drum", "real drum", "drum kit") => DrumKit.Acoustic,
        _ when song.Wants("brushed drum", "brushes", "brush") => DrumKit.Brushes,
        _ when song.Wants("808 drum", "trap drum", "trap hats") => DrumKit.Trap,
        _ when song.Wants("electronic drum", "drum machine", "punchy electronic drum", "909") => DrumKit.Electronic,
        _ when song.Wants("taiko", "orchestral percussion", "timpani", "cinematic drum", "epic drum") => DrumKit.Orchestral,
        _ => kit,
    };

    private static List<string> Describe(SongReading reading, StyleText song)
    {
        var understood = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{reading.Bpm:0.#} BPM"),
            reading.Key.Name,
            reading.Metre.Name,
            reading.Genre.Name,
        };
        var parts = reading.Sections.Aggregate(PartSet.None, (all, section) => all.Union(section.Parts));
        understood.Add(!parts.Has(Part.Drums) ? "no drums" : reading.Metre.IsCommon ? reading.Genre.GrooveName : $"beat in {reading.Metre.Name}");
        if (reading.HalfTime)
        {
            understood.Add("half-time");
        }

        if (reading.Swing > 0.1 && !reading.Genre.GrooveName.Contains("sw", StringComparison.Ordinal))
        {
            understood.Add("swung");
        }

        var fullest = reading.Sections.MaxBy(section => section.Energy)!;
        foreach (var part in (ReadOnlySpan<Part>)[Part.Bass, Part.Chords, Part.Pad, Part.Lead])
        {
            if (fullest.Parts.Has(part))
            {
                understood.Add(NameOf(fullest.Timbres[(int)part], part));
            }
        }

        if (fullest.Texture != Texture.None)
        {
            understood.Add(fullest.Texture == Texture.Vinyl ? "vinyl crackle" : "rain");
        }

        if (reading.Sections.Any(section => section.Lines.Count > 0))
        {
            understood.Add(reading.Singer.Name);
        }
        else if (SingerReader.IsSilent(song))
        {
            understood.Add("no vocals");
        }

        return understood;
    }

    // "SynthPluck" is "synth pluck"; the part is named where the sound alone does not tell it.
    private static string NameOf(Timbre timbre, Part part)
    {
        var words = string.Concat(timbre.ToString().Select((character, index) =>
            index > 0 && char.IsUpper(character) ? $" {char.ToLowerInvariant(character)}" : $"{char.ToLowerInvariant(character)}"));
        return part == Part.Lead && !words.Contains("lead", StringComparison.Ordinal) ? $"{words} lead" : words;
    }
}
