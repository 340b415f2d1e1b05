using System.Text.Json.Nodes;

namespace MusicRender.Engine.Plan;

/// <summary>
/// JSON Schemas (2020-12) of what <see cref="PlanReader"/> takes, made from the limits that it checks with. What no schema
/// can say is in the descriptions: the length of all sections together, and that <c>30000.0</c> is a whole number.
/// </summary>
public static class PlanSchemas
{
    /// <summary>Name of the section shape.</summary>
    public const string CompositionPlan = "CompositionPlan";

    /// <summary>Name of the chunk shape.</summary>
    public const string ChunkPlan = "ChunkPlan";

    /// <summary>Name of the shape that is only a prompt.</summary>
    public const string PromptPlan = "PromptPlan";

    /// <summary>Name of a plan that is wrapped once more, as <c>POST /plan</c> answers.</summary>
    public const string WrappedPlan = "WrappedPlan";

    /// <summary>Name of a plan in any of the three shapes.</summary>
    public const string AnyPlan = "AnyPlan";

    /// <summary>Name of everything that a render can be asked for with.</summary>
    public const string RenderRequest = "RenderRequest";

    private const string Section = "PlanSection";
    private const string Chunk = "PlanChunk";
    private const string Song = "PlanSongMetadata";

    /// <summary>All schemas by their names, referring to each other below a prefix such as <c>#/components/schemas/</c>.</summary>
    public static JsonObject All(string prefix) => new()
    {
        [CompositionPlan] = SectionPlan(prefix),
        [Section] = SectionItem(),
        [ChunkPlan] = ChunkShape(prefix),
        [Chunk] = ChunkItem(),
        [PromptPlan] = PromptShape(),
        [WrappedPlan] = Wrapped(prefix),
        [Song] = SongShape(),
        [AnyPlan] = Choice("A plan in one of its three shapes.", prefix, CompositionPlan, ChunkPlan, PromptPlan),
        [RenderRequest] = Choice("A plan in one of its shapes, or wrapped once more. Options (`generator`, `seed`, …) may stand in it, or beside it in the wrapped form.", prefix, CompositionPlan, ChunkPlan, PromptPlan, WrappedPlan),
    };

    /// <summary>One shape as a document of its own.</summary>
    /// <param name="name"><see cref="CompositionPlan"/> or another of the names here.</param>
    /// <param name="address">Where the document is served, or null.</param>
    public static JsonObject Document(string name, string? address = null)
    {
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        if (address is not null)
        {
            document["$id"] = address;
        }

        document["$ref"] = $"#/$defs/{name}";
        document["$defs"] = All("#/$defs/");
        return document;
    }

    private static JsonObject SectionPlan(string prefix) => Shape(
        $"A plan of sections: the shape that people edit. All sections together take {PlanLimits.MinTotalMs} to {PlanLimits.MaxTotalMs} ms.",
        ["sections"],
        new JsonObject
        {
            ["title"] = Title(),
            ["positive_global_styles"] = Styles("Wanted everywhere."),
            ["negative_global_styles"] = Styles("Unwanted everywhere; they win over wanted ones."),
            ["sections"] = Items("In playing order.", prefix + Section),
        },
        Options(),
        ["chunks", "prompt", "composition_plan"]);

    private static JsonObject SectionItem() => Shape(
        "One section.",
        ["section_name", "duration_ms"],
        new JsonObject
        {
            ["section_name"] = Text("\"Verse 1\", \"Chorus\", ….", PlanLimits.MaxSectionName, notBlank: true),
            ["positive_local_styles"] = Styles("Wanted in this section, beside the global ones."),
            ["negative_local_styles"] = Styles("Unwanted in this section."),
            ["duration_ms"] = Whole("Length, ms.", PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs),
            ["lines"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "The lyrics, line by line; empty for an instrumental section.",
                ["maxItems"] = PlanLimits.MaxLines,
                ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = PlanLimits.MaxLine },
            },
            ["source_from"] = new JsonObject { ["description"] = "Of ElevenLabs; kept." },
        });

    private static JsonObject ChunkShape(string prefix) => Shape(
        $"A plan of chunks: the shape of newer ElevenLabs models. All chunks together take {PlanLimits.MinTotalMs} to {PlanLimits.MaxTotalMs} ms.",
        ["chunks"],
        new JsonObject
        {
            ["title"] = Title(),
            ["chunks"] = Items("In playing order.", prefix + Chunk),
        },
        Options(),
        ["sections", "prompt", "composition_plan"]);

    private static JsonObject ChunkItem() => Shape(
        "One chunk.",
        ["text", "duration_ms"],
        new JsonObject
        {
            ["text"] = Text("Directions and lyrics, usually `[Section name]` and one lyric line a line.", PlanLimits.MaxChunkText, notBlank: false),
            ["positive_styles"] = Styles("Wanted in this chunk."),
            ["negative_styles"] = Styles("Unwanted in this chunk."),
            ["duration_ms"] = Whole("Length, ms.", PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs),
            ["context_adherence"] = OrNull("string", "How closely it keeps to what came before, in ElevenLabs' words."),
        });

    private static JsonObject PromptShape() => Shape(
        "Only a prompt: the generator, or MusicRender's own writer, makes the plan.",
        ["prompt"],
        new JsonObject
        {
            ["title"] = Title(),
            ["prompt"] = Text("What to make.", PlanLimits.MaxPrompt, notBlank: true),
            ["music_length_ms"] = Limited(OrNull("integer", "Length, ms; taken from the prompt's own words when it is not there."), "minimum", PlanLimits.MinTotalMs, "maximum", PlanLimits.MaxTotalMs),
            ["force_instrumental"] = OrNull("boolean", "No singing, whatever the prompt says."),
        },
        Options(),
        ["sections", "chunks", "composition_plan"]);

    private static JsonObject Wrapped(string prefix) => Shape(
        "A plan wrapped once more, as `POST /plan` answers.",
        ["composition_plan"],
        new JsonObject
        {
            ["composition_plan"] = new JsonObject { ["$ref"] = prefix + AnyPlan },
            ["song_metadata"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = prefix + Song }, new JsonObject { ["type"] = "null" }) },
            ["title"] = OrNull("string", "The title, where the plan has none."),
        },
        Options(),
        ["prompt"]);

    private static JsonObject SongShape() => Shape(
        "What is known of the song.",
        [],
        new JsonObject
        {
            ["title"] = OrNull("string", "The title."),
            ["description"] = OrNull("string", "A sentence or two."),
            ["genres"] = Words("Foremost first."),
            ["moods"] = Words("Moods."),
            ["tags"] = Words("Free tags."),
            ["languages"] = Words("BCP 47."),
            ["is_explicit"] = OrNull("boolean", "Null when nobody judged."),
        });

    /// <summary>What may stand in every plan, or beside it.</summary>
    private static JsonObject Options() => new()
    {
        ["generator"] = OrNull("string", "`sketch`, `elevenlabs`; the configured one when it is not there."),
        ["seed"] = Limited(OrNull("integer", "With Sketch the same plan and seed give the same bytes; a random one when it is not there."), "minimum", 0, "maximum", PlanLimits.MaxSeed),
        ["output_format"] = OrNull("string", "For example `mp3_44100_192`."),
        ["model_id"] = OrNull("string", "ElevenLabs: the model."),
        ["store_for_inpainting"] = OrNull("boolean", "ElevenLabs: keep the song for inpainting."),
        ["with_timestamps"] = OrNull("boolean", "ElevenLabs: when each word is sung."),
        ["sign_with_c2pa"] = OrNull("boolean", "ElevenLabs: sign the file."),
        ["finetune_id"] = OrNull("string", "ElevenLabs: a custom style model, see `GET /finetunes`."),
        ["finetune_strength"] = Limited(OrNull("number", "ElevenLabs: its strength; 1 is full."), "exclusiveMinimum", RenderOptions.FinetuneStrengthAbove, "maximum", RenderOptions.MaxFinetuneStrength),
    };

    private static JsonObject Shape(string description, string[] required, JsonObject properties, JsonObject? more = null, string[]? ofOthers = null)
    {
        foreach (var (name, schema) in more ?? [])
        {
            properties[name] = schema?.DeepClone();
        }

        // Shapes exclude each other; a field that is null counts as not there.
        foreach (var name in ofOthers ?? [])
        {
            properties[name] = new JsonObject { ["type"] = "null", ["description"] = "Belongs to another shape." };
        }

        var shape = new JsonObject { ["type"] = "object", ["description"] = description };
        if (required.Length > 0)
        {
            shape["required"] = new JsonArray([.. required]);
        }

        shape["properties"] = properties;
        shape["additionalProperties"] = true;
        return shape;
    }

    private static JsonObject Choice(string description, string prefix, params string[] names) => new()
    {
        ["description"] = description,
        ["anyOf"] = new JsonArray([.. names.Select(name => new JsonObject { ["$ref"] = prefix + name })]),
    };

    private static JsonObject Items(string description, string reference) => new()
    {
        ["type"] = "array",
        ["description"] = description,
        ["minItems"] = 1,
        ["maxItems"] = PlanLimits.MaxSections,
        ["items"] = new JsonObject { ["$ref"] = reference },
    };

    private static JsonObject Styles(string description) => new()
    {
        ["type"] = "array",
        ["description"] = description,
        ["maxItems"] = PlanLimits.MaxStyles,
        ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = PlanLimits.MaxStyle },
    };

    private static JsonObject Words(string description)
    {
        var list = OrNull("array", description);
        list["items"] = new JsonObject { ["type"] = "string" };
        return list;
    }

    private static JsonObject Title() => Limited(OrNull("string", "What the track is called."), "maxLength", PlanLimits.MaxTitle);

    private static JsonObject Text(string description, int longest, bool notBlank)
    {
        var text = new JsonObject { ["type"] = "string", ["description"] = description };
        if (notBlank)
        {
            text["minLength"] = 1;
            text["pattern"] = "\\S";
        }

        text["maxLength"] = longest;
        return text;
    }

    private static JsonObject Whole(string description, int least, int most) =>
        Limited(new JsonObject { ["type"] = "integer", ["description"] = description }, "minimum", least, "maximum", most);

    private static JsonObject OrNull(string type, string description) => new() { ["type"] = new JsonArray(type, "null"), ["description"] = description };

    private static JsonObject Limited(JsonObject schema, string keyword, int value)
    {
        schema[keyword] = value;
        return schema;
    }

    private static JsonObject Limited(JsonObject schema, string least, int from, string most, int to) => Limited(Limited(schema, least, from), most, to);
}
