using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>
/// Turns plans of sections into plans of chunks and back. What one shape has no place for travels along as extra
/// fields, so that there and back again is the same plan; when somebody edited the converted plan in between, the edit
/// wins over what travelled along. The text and the styles of a section become a chunk's as the upstream's notes say:
/// <c>[Section name]</c> and the lines, one a line; global styles foremost in the first chunk. Directions in a chunk's text
/// (<see cref="Directions"/>) are no lyrics: the section has its lines without them, and they come back with the text as
/// long as nobody edits the lines.
/// </summary>
public static class PlanConversion
{
    /// <summary>Extra field of a chunk: what the section it came from says beside text and styles.</summary>
    public const string SectionField = "musicrender_section";

    /// <summary>Extra field of a chunk plan: the global styles of the section plan it came from.</summary>
    public const string GlobalsField = "musicrender_globals";

    /// <summary>Extra field of a section: what the chunk it came from says beside its name, lines and styles.</summary>
    public const string ChunkField = "musicrender_chunk";

    /// <summary>Extra field of a section plan that came from chunks, when the chunk plan had fields of a section plan's names.</summary>
    public const string ChunksField = "musicrender_chunks";

    private const string Adherence = "high";

    /// <summary>The plan as sections. A section plan is given back as it is.</summary>
    /// <exception cref="ArgumentException">The composition is only a prompt, which has no sections.</exception>
    public static CompositionPlan ToSections(Composition composition) => composition switch
    {
        CompositionPlan plan => plan,
        ChunkPlan chunks => FromChunks(chunks),
        _ => throw new ArgumentException("A prompt has no sections.", nameof(composition)),
    };

    /// <summary>The plan as chunks. A chunk plan is given back as it is. Lists and texts are cut to the chunk's own limits; what was cut comes back with <see cref="ToSections"/>.</summary>
    /// <exception cref="ArgumentException">The composition is only a prompt, which has no chunks.</exception>
    public static ChunkPlan ToChunks(Composition composition) => composition switch
    {
        ChunkPlan plan => plan,
        CompositionPlan sections => FromSections(sections),
        _ => throw new ArgumentException("A prompt has no chunks.", nameof(composition)),
    };

    private static ChunkPlan FromSections(CompositionPlan plan)
    {
        var globals = new Globals(plan.PositiveGlobalStyles, plan.NegativeGlobalStyles);
        var chunks = plan.Sections.Select((section, index) => ToChunk(section, globals, index)).ToArray();
        var extra = Unpack(plan.Extra, ChunksField);
        extra = Pack(extra, PlanFields.NamesOfChunkPlans, GlobalsField, []);
        var result = new ChunkPlan { Title = plan.Title, Chunks = chunks, Extra = extra };
        if (!globals.SameAs(GlobalsOf(result)))
        {
            result = result with
            {
                Extra = Pack(Unpack(plan.Extra, ChunksField), PlanFields.NamesOfChunkPlans, GlobalsField, [("positive", globals.Positive), ("negative", globals.Negative)]),
            };
        }

        return result;
    }

    private static CompositionPlan FromChunks(ChunkPlan plan)
    {
        var globals = GlobalsOf(plan);
        var extra = Unpack(plan.Extra, GlobalsField);
        return new CompositionPlan
        {
            Title = plan.Title,
            PositiveGlobalStyles = globals.Positive,
            NegativeGlobalStyles = globals.Negative,
            Sections = [.. plan.Chunks.Select((chunk, index) => ToSection(chunk, globals, index))],
            Extra = Pack(extra, PlanFields.NamesOfSectionPlans, ChunksField, []),
        };
    }

    private static PlanChunk ToChunk(PlanSection section, Globals globals, int index)
    {
        var kept = section.Extra[ChunkField];
        var text = TextOf(section.SectionName, section.Lines);
        if (TextIn(kept, "text") is { } keptText && Parse(keptText, index) is var (name, lines) && name == section.SectionName && lines.SequenceEqual(section.Lines))
        {
            text = keptText;
        }

        var chunk = new PlanChunk
        {
            Text = text,
            PositiveStyles = Styles("positive_styles", globals.Positive, section.PositiveLocalStyles),
            NegativeStyles = Styles("negative_styles", globals.Negative, section.NegativeLocalStyles),
            DurationMs = section.DurationMs,
            // A record that remembers no text holds only extra fields.
            ContextAdherence = TextIn(kept, "text") is null ? Adherence : TextIn(kept, "context_adherence"),
        };
        var extra = Unpack(section.Extra, ChunkField);
        chunk = chunk with { Extra = Pack(extra, PlanFields.NamesOfChunks, SectionField, []) };
        return Same(ToSection(chunk, globals, index) with { Extra = ExtraFields.None }, section with { Extra = ExtraFields.None })
            ? chunk
            : chunk with
            {
                Extra = Pack(extra, PlanFields.NamesOfChunks, SectionField,
                [
                    ("section_name", [section.SectionName]),
                    ("lines", section.Lines),
                    ("positive_local_styles", section.PositiveLocalStyles),
                    ("negative_local_styles", section.NegativeLocalStyles),
                ]),
            };

        IReadOnlyList<string> Styles(string field, IReadOnlyList<string> global, IReadOnlyList<string> local) =>
            TextsIn(kept, field) is { } keptStyles && HasThem(keptStyles, global) && Less(keptStyles, global).SequenceEqual(local) ? keptStyles : Combine(global, local, index);
    }

    private static PlanSection ToSection(PlanChunk chunk, Globals globals, int index)
    {
        var kept = chunk.Extra[SectionField];
        var (name, lines) = Parse(chunk.Text, index);
        if (TextsIn(kept, "section_name") is [{ Length: <= PlanLimits.MaxSectionName } keptName] && TextsIn(kept, "lines") is { } keptLines && TextOf(keptName, keptLines) == chunk.Text)
        {
            (name, lines) = (keptName, keptLines);
        }

        var section = new PlanSection
        {
            SectionName = name,
            Lines = lines,
            PositiveLocalStyles = Styles("positive_local_styles", globals.Positive, chunk.PositiveStyles),
            NegativeLocalStyles = Styles("negative_local_styles", globals.Negative, chunk.NegativeStyles),
            DurationMs = chunk.DurationMs,
        };
        var extra = Unpack(chunk.Extra, SectionField);
        var isDerived = TextOf(name, lines) == chunk.Text
            && Combine(globals.Positive, section.PositiveLocalStyles, index).SequenceEqual(chunk.PositiveStyles)
            && Combine(globals.Negative, section.NegativeLocalStyles, index).SequenceEqual(chunk.NegativeStyles)
            && chunk.ContextAdherence == Adherence;
        return section with
        {
            Extra = Pack(extra, PlanFields.NamesOfSections, ChunkField, isDerived ? [] : KeptOf(chunk)),
        };

        IReadOnlyList<string> Styles(string field, IReadOnlyList<string> global, IReadOnlyList<string> styles) =>
            TextsIn(kept, field) is { } keptStyles && Combine(global, keptStyles, index).SequenceEqual(styles) ? keptStyles : Less(styles, global);
    }

    private static (string Name, IReadOnlyList<string> Value)[] KeptOf(PlanChunk chunk) =>
    [
        ("text", [chunk.Text]),
        ("positive_styles", chunk.PositiveStyles),
        ("negative_styles", chunk.NegativeStyles),
        .. chunk.ContextAdherence is { } adherence ? [("context_adherence", (IReadOnlyList<string>)[adherence])] : Array.Empty<(string, IReadOnlyList<string>)>(),
    ];

    /// <summary>The global styles that travelled along, if every chunk still has them; else the styles that all chunks share.</summary>
    private static Globals GlobalsOf(ChunkPlan plan)
    {
        var kept = plan.Extra[GlobalsField];
        return new Globals(
            Of("positive", chunk => chunk.PositiveStyles),
            Of("negative", chunk => chunk.NegativeStyles));

        IReadOnlyList<string> Of(string field, Func<PlanChunk, IReadOnlyList<string>> styles)
        {
            var shared = plan.Chunks.Count == 0
                ? []
                : styles(plan.Chunks[0]).Distinct().Where(style => plan.Chunks.All(chunk => styles(chunk).Contains(style))).ToArray();
            return TextsIn(kept, field) is { } keptStyles && (plan.Chunks.Count == 0 || IsThere(keptStyles, styles)) ? keptStyles : shared;
        }

        bool IsThere(IReadOnlyList<string> globals, Func<PlanChunk, IReadOnlyList<string>> styles) =>
            plan.Chunks.All(chunk => HasThem(styles(chunk), globals));
    }

    /// <summary>True when a chunk's styles hold the global ones. A list that reached its limit may hold only some of them.</summary>
    private static bool HasThem(IReadOnlyList<string> styles, IReadOnlyList<string> globals) =>
        styles.Count >= PlanLimits.MaxStyles || globals.All(styles.Contains);

    private static IReadOnlyList<string> Combine(IReadOnlyList<string> global, IReadOnlyList<string> local, int index)
    {
        IEnumerable<string> all = index == 0 ? [.. global, .. local] : [.. local, .. global];
        return [.. all.Take(PlanLimits.MaxStyles)];
    }

    private static string[] Less(IReadOnlyList<string> styles, IReadOnlyList<string> global) =>
        [.. styles.Where(style => !global.Contains(style))];

    private static string TextOf(string name, IReadOnlyList<string> lines)
    {
        var text = string.Join('\n', lines.Prepend($"[{name}]"));
        if (text.Length <= PlanLimits.MaxChunkText)
        {
            return text;
        }

        var end = text.LastIndexOf('\n', PlanLimits.MaxChunkText);
        return text[..(end < 0 ? PlanLimits.MaxChunkText : end)];
    }

    private static (string Name, IReadOnlyList<string> Lines) Parse(string text, int index)
    {
        var all = Directions.Without(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var isNamed = all is [['[', .. var first, ']'], ..] && first.Trim().Length is > 0 and <= PlanLimits.MaxSectionName;
        return (isNamed ? all[0][1..^1] : $"Section {index + 1}", LyricLines.Fit([.. all.Skip(isNamed ? 1 : 0).Where(line => !Directions.IsHeading(line))]));
    }

    private static bool Same(PlanSection one, PlanSection other) =>
        one.SectionName == other.SectionName
        && one.DurationMs == other.DurationMs
        && one.Lines.SequenceEqual(other.Lines)
        && one.PositiveLocalStyles.SequenceEqual(other.PositiveLocalStyles)
        && one.NegativeLocalStyles.SequenceEqual(other.NegativeLocalStyles);

    /// <summary>
    /// Extra fields on their way to the other shape. Those whose names mean something over there go, all together, into
    /// the record field; so does what is to be remembered.
    /// </summary>
    private static ExtraFields Pack(ExtraFields extra, IReadOnlyList<string> taken, string field, (string Name, IReadOnlyList<string> Value)[] remembered)
    {
        var collides = extra.Any(pair => taken.Contains(pair.Key));
        if (!collides && remembered.Length == 0)
        {
            return extra;
        }

        var record = remembered.ToDictionary(pair => pair.Name, pair => JsonSerializer.SerializeToElement(pair.Value));
        if (collides)
        {
            record["extra"] = JsonSerializer.SerializeToElement(extra.Select(pair => new { name = pair.Key, value = pair.Value }));
        }

        return (collides ? ExtraFields.None : extra).With(field, JsonSerializer.SerializeToElement(record));
    }

    private static ExtraFields Unpack(ExtraFields extra, string field)
    {
        var own = extra.Without(field);
        return extra[field] is { ValueKind: JsonValueKind.Object } record && record.TryGetProperty("extra", out var packed) && packed.ValueKind == JsonValueKind.Array
            ? ExtraFields.Of(
                packed.EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && item.TryGetProperty("value", out _))
                    .Select(item => KeyValuePair.Create(item.GetProperty("name").GetString()!, item.GetProperty("value")))
                    .Concat(own))
            : own;
    }

    private static string? TextIn(JsonElement? record, string name) => TextsIn(record, name) is [var text] ? text : null;

    private static string[]? TextsIn(JsonElement? record, string name) =>
        record is { ValueKind: JsonValueKind.Object } known
        && known.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    private readonly record struct Globals(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
    {
        public bool SameAs(Globals other) => Positive.SequenceEqual(other.Positive) && Negative.SequenceEqual(other.Negative);
    }
}
