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
        var key = KeyReader.ReadNamed(global.Raw) ?? KeyReader.Read(song, genre.Mode, seed);
        var written = TempoReader.ReadNumber(global.Raw) ?? TempoReader.ReadNumber(whole.Raw);
        var metre = MetreReader.Read(song, genre);
        var sections = new List<SectionReading>();
        for (var index = 0; index < plan.Sections.Count; index++)
        {
            var again = sections.Count(other => other.Form == FormReader.ReadForm(plan.Sections[index].SectionName));
            sections.Add(SingerReader.Sing(ReadSection(plan.Sections[index], global, locals[index], genre, key, again), plan.Sections[index], global, locals[index]));
        }

        if (song.Wants("key change", "modulation", "modulates up", "truck driver modulation") && !song.Refuses("key change", "modulation"))
        {
            LiftLastChorus(sections);
        }

        var reading = new SongReading
        {
            Genre = genre,
            Bpm = written ?? TempoFitter.Fit(TempoReader.Read(song, genre.Bpm), metre, plan.Sections),
            Key = key,
            IsKeyNamed = KeyReader.ReadNamed(song.Raw) is not null,
            Metre = metre,
            Swing = SwingOf(song, genre),
            HalfTime = song.Wants("half time", "halftime", "half time feel") && !song.Refuses("half time", "halftime") && !IsSlowAlready(genre),
            Looseness = LoosenessOf(song, genre),
            Production = ProductionReader.Read(song, genre),
            Kit = ProductionReader.KitOf(song, genre.Kit),
            Singer = SingerReader.Read(whole, genre, seed),
            Ending = EndingReader.Read(plan.Sections, global, locals[^1], genre.Ending),
            HasTransitions = genre.Builds || song.Wants("risers and impacts", "riser", "impact", "transitions", "white noise sweep", "sweep"),
            Sections = sections,
            Moods = [.. MoodWords.Where(word => whole.Wants(word) && !whole.Refuses(word)).Take(6)],
            Understood = [],
        };
        return reading with { Understood = Understanding.Of(reading, song) };
    }

    private static SectionReading ReadSection(PlanSection section, StyleText global, StyleText local, Genre genre, MusicalKey key, int again)
    {
        var parts = new SectionParts(global, local, genre);
        var ownKey = KeyReader.ReadNamed(local.Raw);
        var energy = FormReader.ReadEnergy(section.SectionName, local, global);
        return new SectionReading
        {
            Name = section.SectionName,
            DurationMs = section.DurationMs,
            Form = FormReader.ReadForm(section.SectionName),
            Again = again,

            // What comes back comes back a little fuller.
            Energy = Math.Min(1, energy + (0.03 * Math.Min(again, 2))),
            Motion = FormReader.ReadMotion(section.SectionName, local),
            Key = ownKey ?? key,
            HasOwnKey = ownKey is not null,
            Parts = parts.All,
            Wanted = parts.Wanted,
            Later = parts.Later,
            HasFills = !global.Refuses("drum fill", "fill") && !local.Refuses("drum fill", "fill", "sudden changes"),
            Timbres = parts.Timbres,
            Texture = parts.Texture,
        };
    }

    // From the last chorus on a tone higher, when there was one before it.
    private static void LiftLastChorus(List<SectionReading> sections)
    {
        var last = sections.FindLastIndex(section => section.Form is SectionForm.Chorus or SectionForm.Drop);
        for (var index = last; index > 0 && index < sections.Count && sections[last].Again > 0; index++)
        {
            var key = sections[index].Key;
            sections[index] = sections[index] with { Key = key with { Tonic = (key.Tonic + 2) % 12 }, HasOwnKey = true };
        }
    }

    private static double SwingOf(StyleText song, Genre genre)
    {
        if (song.Wants("straight", "straight beat", "straight groove", "straight eighths") || song.Refuses("swing", "swung", "shuffle"))
        {
            return 0;
        }

        return song.Wants("swung", "swing", "shuffle", "shuffled", "swinging", "behind the beat swing") ? Math.Max(0.2, genre.Swing) : genre.Swing;
    }

    private static double LoosenessOf(StyleText song, Genre genre)
    {
        var refuses = song.Refuses("human", "loose", "sloppy");
        if (song.Wants("quantized", "tight timing", "mechanical", "robotic", "precise", "exact timing") && !song.Refuses("quantized", "rigid quantization"))
        {
            return 0;
        }

        var human = song.Wants("live", "human", "human feel", "human timing", "organic", "one take", "live one take", "imperfect", "loose", "unquantized")
            || song.Refuses("quantized", "quantization");
        return human && !refuses ? Math.Max(0.5, genre.Looseness) : genre.Looseness;
    }

    // Grooves that are written at half speed already.
    private static bool IsSlowAlready(Genre genre) => genre.Beat.Contains("half-time", StringComparison.Ordinal);
}
