namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Who plays in a section, and with which sounds: the genre's players, those that are asked for, less those that are refused.</summary>
internal sealed class SectionParts
{
    private readonly StyleText _global;
    private readonly StyleText _local;
    private readonly Timbre[] _timbres;

    /// <summary>Reads the styles of a song and of one of its sections.</summary>
    public SectionParts(StyleText global, StyleText local, Genre genre)
    {
        _global = global;
        _local = local;
        _timbres = new Timbre[PartSet.Count];
        _timbres[(int)Part.Bass] = genre.Bass.Timbre;
        _timbres[(int)Part.Chords] = genre.Chords.Timbre;
        _timbres[(int)Part.Pad] = genre.Pad;
        _timbres[(int)Part.Arpeggio] = genre.Arpeggio.Timbre;
        _timbres[(int)Part.Lead] = genre.Lead.Timbre;

        var refused = Refused(global).Union(Refused(local));
        var asked = Ask(global);
        var askedHere = Ask(local);
        if (IsAlone(local) || (IsAlone(global) && askedHere == PartSet.None))
        {
            var only = IsAlone(local) ? askedHere : asked;
            refused = refused.Union(only == PartSet.None ? PartSet.None : PartSet.All.Except(only));

            // Where nobody else may, these play however quiet it is.
            askedHere = askedHere.Union(only);

            // One instrument alone plays chords and tune, with two hands.
            if (only == PartSet.Of(Part.Chords))
            {
                refused = refused.Except(PartSet.Of(Part.Lead));
                askedHere = askedHere.With(Part.Lead);
                _timbres[(int)Part.Lead] = _timbres[(int)Part.Chords];
            }
        }

        Texture = TextureOf(genre);
        var parts = PartSet.Of(genre.Parts).Union(asked).Union(askedHere).Except(refused).Except(PartSet.Of(Part.Texture));
        parts = Texture == Texture.None ? parts : parts.With(Part.Texture);

        // Something must sound: a plan that refuses everything gets the pad back, softly. An arpeggio alone plays only where
        // the music is full.
        All = parts.Except(PartSet.Of(Part.Texture, Part.Arpeggio)) == PartSet.None ? parts.With(Part.Pad) : parts;
        Wanted = askedHere.Except(refused);
    }

    /// <summary>The parts that come in halfway: "then soft drums".</summary>
    public PartSet Later { get; private set; }

    /// <summary>The parts that may play.</summary>
    public PartSet All { get; }

    /// <summary>The parts that the section itself asks for.</summary>
    public PartSet Wanted { get; }

    /// <summary>The sound of each pitched part, by number of the part.</summary>
    public IReadOnlyList<Timbre> Timbres => _timbres;

    /// <summary>The noise under the music.</summary>
    public Texture Texture { get; }

    private Texture TextureOf(Genre genre)
    {
        if (Wants("rain") && !Refuses("rain"))
        {
            return Texture.Rain;
        }

        return (genre.Texture == Texture.Vinyl || Wants("vinyl") || Wants("vinyl crackle") || _global.Wants("tape hiss"))
            && !Refuses("vinyl") && !Refuses("crackle") && !Refuses("noise")
                ? Texture.Vinyl
                : Texture.None;
    }

    private bool Wants(string words) => _global.Wants(words) || _local.Wants(words);

    private bool Refuses(string words) => _global.Refuses(words) || _local.Refuses(words);

    // "Solo piano", "piano only", "bass and chords only", "piano alone": the named instruments and nothing else. "Alone at first" is only how a section begins.
    private static bool IsAlone(StyleText text) => text.Wanted.Any(style =>
        (StyleText.Has(style, "only") && Instruments.PartWords.Any(row => row.Words.Any(word => StyleText.Has(style, word))))
        || (Instruments.NamedIn(style).Any()
        && (StyleText.Has(style, "solo piano") || StyleText.Has(style, "solo guitar") || StyleText.Has(style, "only")
            || (StyleText.Has(style, "alone") && !StyleText.Has(style, "alone at first")))));

    private PartSet Ask(StyleText styles)
    {
        var (asked, taken) = (PartSet.None, PartSet.None);
        foreach (var style in styles.Wanted)
        {
            var before = asked;
            foreach (var instrument in Instruments.NamedIn(style))
            {
                if (_global.Refuses(instrument.Words) || _local.Refuses(instrument.Words))
                {
                    continue;
                }

                // The first that is named for a part plays it; a second one for the chords can take the arpeggio.
                var part = Instruments.PartIn(style, instrument);
                if (taken.Has(part) && part == Part.Chords && !taken.Has(Part.Arpeggio))
                {
                    part = Part.Arpeggio;
                }

                if (!taken.Has(part))
                {
                    _timbres[(int)part] = instrument.Timbre;
                    taken = taken.With(part);
                    asked = asked.With(part);
                }
            }

            foreach (var (part, words) in Instruments.PartWords)
            {
                if (words.Any(word => StyleText.Has(style, word)) && !IsOnlyItsName(part, style))
                {
                    asked = asked.With(part);
                }
            }

            if (ReferenceEquals(styles, _local) && style.StartsWith(" then ", StringComparison.Ordinal))
            {
                Later = Later.Union(asked.Except(before));
            }
        }

        return asked;
    }

    // "Drum and bass" is a genre, "drums drop out" is the opposite of asking for them.
    private static bool IsOnlyItsName(Part part, string style) =>
        part == Part.Drums
        && ((StyleText.Has(style, "drum and bass") && !StyleText.Has(style, "beat")) || StyleText.Has(style, "drop out") || StyleText.Has(style, "last beat") || StyleText.Has(style, "no beat"));

    // Only a style that is the part's word alone refuses the whole part: "harsh bass" is not "bass".
    private static PartSet Refused(StyleText text)
    {
        var refused = PartSet.None;
        foreach (var style in text.Unwanted)
        {
            foreach (var item in style.Split([" and ", " or ", " / ", " und ", " y ", " et "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var (part, words) in Instruments.PartWords)
                {
                    // One drum of many is not all of them.
                    var whole = part == Part.Drums ? words.Where(word => word is not ("kick" or "hi hat" or "snare" or "clap" or "tambourine" or "conga" or "groove")) : words;
                    refused = whole.Any(word => IsAll(item, word)) ? refused.With(part) : refused;
                }
            }
        }

        return text.Wants("drumless", "beatless", "percussionless", "drums drop out", "drum free") ? refused.With(Part.Drums) : refused;
    }

    private static bool IsAll(string item, string word) =>
        item == word || item == $"{word}s" || item == $"any {word}" || item == $"any {word}s" || item == $"all {word}s";
}
