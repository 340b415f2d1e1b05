using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>The fields of each plan shape, read by name.</summary>
internal static class PlanFields
{
    private static readonly string[] OptionNames =
    [
        "generator", "seed", "output_format", "model_id", "store_for_inpainting", "with_timestamps", "sign_with_c2pa",
        "finetune_id", "finetune_strength",
    ];

    private static readonly string[] SectionPlanNames = ["title", "positive_global_styles", "negative_global_styles", "sections", "chunks", "prompt", .. OptionNames];
    private static readonly string[] ChunkPlanNames = ["title", "chunks", "sections", "prompt", .. OptionNames];
    private static readonly string[] PromptNames = ["title", "prompt", "music_length_ms", "force_instrumental", "sections", "chunks", .. OptionNames];
    private static readonly string[] SectionNames = ["section_name", "positive_local_styles", "negative_local_styles", "duration_ms", "lines"];
    private static readonly string[] ChunkNames = ["text", "positive_styles", "negative_styles", "duration_ms", "context_adherence"];

    /// <summary>Names that a section or its plan uses itself, and that no extra field of it can have.</summary>
    internal static IReadOnlyList<string> NamesOfSections => SectionNames;

    /// <summary>Names that a chunk uses itself.</summary>
    internal static IReadOnlyList<string> NamesOfChunks => ChunkNames;

    /// <summary>Names that a section plan uses itself.</summary>
    internal static IReadOnlyList<string> NamesOfSectionPlans => SectionPlanNames;

    /// <summary>Names that a chunk plan uses itself.</summary>
    internal static IReadOnlyList<string> NamesOfChunkPlans => ChunkPlanNames;

    public static Composition? ReadComposition(FieldReader fields, JsonElement json, string path)
    {
        var shapes = new[] { "sections", "chunks", "prompt" }.Where(name => FieldReader.Has(json, name)).ToArray();
        if (shapes.Length == 0)
        {
            fields.Problem(path + "sections", "is missing: a composition plan needs sections, chunks or a prompt");
            return null;
        }

        if (shapes.Length > 1)
        {
            fields.Problem(path + shapes[1], $"and {shapes[0]} exclude each other");
        }

        var title = fields.Text(json, path, "title");
        return shapes[0] switch
        {
            "sections" => new CompositionPlan
            {
                Title = title,
                PositiveGlobalStyles = fields.Texts(json, path, "positive_global_styles"),
                NegativeGlobalStyles = fields.Texts(json, path, "negative_global_styles"),
                Sections = Items(fields, json, path, "sections", ReadSection),
                Extra = FieldReader.Extra(json, SectionPlanNames),
            },
            "chunks" => new ChunkPlan
            {
                Title = title,
                Chunks = Items(fields, json, path, "chunks", ReadChunk),
                Extra = FieldReader.Extra(json, ChunkPlanNames),
            },
            _ => new PromptComposition
            {
                Title = title,
                Prompt = fields.Text(json, path, "prompt") ?? "",
                MusicLengthMs = fields.Whole(json, path, "music_length_ms"),
                ForceInstrumental = fields.Flag(json, path, "force_instrumental") ?? false,
                Extra = FieldReader.Extra(json, PromptNames),
            },
        };
    }

    public static RenderOptions ReadOptions(FieldReader fields, JsonElement json, RenderOptions outer, string path = "")
    {
        var seed = fields.Whole(json, path, "seed");
        if (seed < 0)
        {
            fields.Problem(path + "seed", $"must be 0 to {PlanLimits.MaxSeed}, but is {seed}");
        }

        return new RenderOptions
        {
            Generator = fields.Text(json, path, "generator") ?? outer.Generator,
            Seed = seed ?? outer.Seed,
            OutputFormat = fields.Text(json, path, "output_format") ?? outer.OutputFormat,
            ModelId = fields.Text(json, path, "model_id") ?? outer.ModelId,
            StoreForInpainting = fields.Flag(json, path, "store_for_inpainting") ?? outer.StoreForInpainting,
            WithTimestamps = fields.Flag(json, path, "with_timestamps") ?? outer.WithTimestamps,
            SignWithC2pa = fields.Flag(json, path, "sign_with_c2pa") ?? outer.SignWithC2pa,
            FinetuneId = fields.Text(json, path, "finetune_id") ?? outer.FinetuneId,
            FinetuneStrength = fields.Number(json, path, "finetune_strength", above: RenderOptions.FinetuneStrengthAbove, most: RenderOptions.MaxFinetuneStrength) ?? outer.FinetuneStrength,
        };
    }

    public static SongMetadata? ReadSong(FieldReader fields, JsonElement json, string name)
    {
        if (!FieldReader.TryGet(json, name, out var song) || song.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (song.ValueKind != JsonValueKind.Object)
        {
            fields.Problem(name, $"must be a JSON object, but is {FieldReader.NameOf(song)}");
            return null;
        }

        var path = name + ".";
        return new SongMetadata
        {
            Title = fields.Text(song, path, "title"),
            Description = fields.Text(song, path, "description"),
            Genres = TextsOrNone("genres"),
            Moods = TextsOrNone("moods"),
            Tags = TextsOrNone("tags"),
            Languages = TextsOrNone("languages"),
            IsExplicit = fields.Flag(song, path, "is_explicit"),
        };

        // Lists of the upstream's metadata may be null.
        IReadOnlyList<string> TextsOrNone(string list) => FieldReader.Has(song, list) ? fields.Texts(song, path, list) : [];
    }

    private static PlanSection ReadSection(FieldReader fields, JsonElement json, string path)
    {
        Require(fields, json, path, "section_name");
        Require(fields, json, path, "duration_ms");
        return new PlanSection
        {
            SectionName = fields.Text(json, path, "section_name") ?? "",
            PositiveLocalStyles = fields.Texts(json, path, "positive_local_styles"),
            NegativeLocalStyles = fields.Texts(json, path, "negative_local_styles"),
            DurationMs = fields.Whole(json, path, "duration_ms") ?? 0,
            Lines = fields.Texts(json, path, "lines"),
            Extra = FieldReader.Extra(json, SectionNames),
        };
    }

    private static PlanChunk ReadChunk(FieldReader fields, JsonElement json, string path)
    {
        Require(fields, json, path, "text");
        Require(fields, json, path, "duration_ms");
        return new PlanChunk
        {
            Text = fields.Text(json, path, "text") ?? "",
            PositiveStyles = fields.Texts(json, path, "positive_styles"),
            NegativeStyles = fields.Texts(json, path, "negative_styles"),
            DurationMs = fields.Whole(json, path, "duration_ms") ?? 0,
            ContextAdherence = fields.Text(json, path, "context_adherence"),
            Extra = FieldReader.Extra(json, ChunkNames),
        };
    }

    private static void Require(FieldReader fields, JsonElement json, string path, string name)
    {
        if (!FieldReader.Has(json, name))
        {
            fields.Problem(path + name, "is missing");
        }
    }

    private static List<T> Items<T>(FieldReader fields, JsonElement json, string path, string name, Func<FieldReader, JsonElement, string, T> read)
        where T : new()
    {
        var items = new List<T>();
        FieldReader.TryGet(json, name, out var list);
        if (list.ValueKind != JsonValueKind.Array)
        {
            fields.Problem(path + name, $"must be a list, but is {FieldReader.NameOf(list)}");
            return items;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = $"{path}{name}[{index++}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(read(fields, item, at + "."));
            }
            else
            {
                // Keeps its place, so that what follows is counted right.
                items.Add(new T());
                fields.Problem(at, $"must be a JSON object, but is {FieldReader.NameOf(item)}");
            }
        }

        return items;
    }
}
