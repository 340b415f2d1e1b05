using System.Text.Json.Nodes;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api.Documents;

/// <summary>Stands for everything that a render can be asked for with; the plan's schemas take its place.</summary>
internal sealed record RenderRequestDoc;

/// <summary>Names of the schemas, and the limits and choices that types do not say. They come from where they are checked.</summary>
internal static class SchemaDetails
{
    public const string RenderMessage = "RenderMessage";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(PromptBody)] = "PromptRequest",
        [typeof(PromptAnswer)] = "PromptAnswer",
        [typeof(PromptInput)] = "PromptInput",
        [typeof(PlanBody)] = "PlanRequest",
        [typeof(PlanAnswer)] = "PlanAnswer",
        [typeof(RenderRequestDoc)] = PlanSchemas.RenderRequest,
        [typeof(RenderResultBody)] = "RenderResult",
        [typeof(RenderAcceptedBody)] = "RenderAccepted",
        [typeof(RenderStatusBody)] = "RenderStatus",
        [typeof(RenderPageBody)] = "RenderPage",
        [typeof(PartialTakeBody)] = "PartialTake",
        [typeof(ProgressMessage)] = "ProgressMessage",
        [typeof(ResultMessage)] = "ResultMessage",
        [typeof(ErrorMessage)] = "ErrorMessage",
        [typeof(SongMetadataBody)] = "SongMetadata",
        [typeof(WordTiming)] = "WordTiming",
        [typeof(TrackBody)] = "Track",
        [typeof(TrackPageBody)] = "TrackPage",
        [typeof(TrackEditBody)] = "TrackEdit",
        [typeof(PeaksBody)] = "Peaks",
        [typeof(FinetuneBody)] = "Finetune",
        [typeof(FinetunePageBody)] = "FinetunePage",
        [typeof(StemsRequestBody)] = "StemsRequest",
        [typeof(StemsBody)] = "Stems",
        [typeof(StemOfferBody)] = "StemOffer",
        [typeof(StemSetBody)] = "StemSet",
        [typeof(StemBody)] = "Stem",
        [typeof(StemErrorBody)] = "StemError",
        [typeof(HealthBody)] = "Health",
        [typeof(ProblemBody)] = "Problem",
        [typeof(ProblemEntry)] = "ProblemEntry",
        [typeof(FileDoc)] = "File",
        [typeof(EventsDoc)] = "Events",
        [typeof(Composition)] = PlanSchemas.AnyPlan,
    };

    private static readonly string[] Codes = [.. Enum.GetValues<FailureCode>().Select(WireMapping.CodeName)];
    private static readonly string[] Sets = ["two", "six"];

    /// <summary>What is said of a field beside its type, by <c>Schema.field</c>.</summary>
    private static readonly Dictionary<string, JsonObject> Fields = new(StringComparer.Ordinal)
    {
        ["PromptRequest.project_blueprint"] = Choice(Presets.Blueprints.Select(preset => preset.Id)),
        ["PromptRequest.sound_profile"] = Choice(Presets.Sounds.Select(preset => preset.Id)),
        ["PromptRequest.delivery_and_control"] = Choice(Presets.Deliveries.Select(preset => preset.Id)),
        ["PromptRequest.user_narrative"] = new() { ["maxLength"] = PromptRules.MaxNarrative },
        ["PlanRequest.prompt"] = new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = PlanLimits.MaxPrompt, ["pattern"] = "\\S" },
        ["PlanRequest.music_length_ms"] = new() { ["minimum"] = PlanLimits.MinTotalMs, ["maximum"] = PlanLimits.MaxTotalMs },
        ["PlanRequest.model_id"] = new() { ["minLength"] = 1, ["maxLength"] = PromptRules.MaxModelId },
        ["TrackEdit.title"] = new() { ["minLength"] = 1, ["maxLength"] = PlanLimits.MaxTitle, ["pattern"] = "\\S" },
        ["TrackEdit.tags"] = new() { ["maxItems"] = TrackApi.MaxTags, ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = TrackApi.MaxTag, ["pattern"] = "\\S" } },
        ["StemsRequest.stems"] = Choice(Sets),
        ["StemSet.set"] = Choice(Sets),
        ["StemSet.state"] = Choice(["running", "succeeded", "failed"]),
        ["StemSet.progress_percent"] = Percent(),
        ["StemError.error_code"] = Choice(Codes),
        ["StemError.details"] = OrNull("object"),
        ["RenderStatus.state"] = Choice(RenderApi.States),
        ["RenderStatus.progress_percent"] = Percent(),
        ["RenderStatus.sequence"] = new() { ["minimum"] = 0 },
        ["RenderStatus.queue_position"] = new() { ["minimum"] = 1 },
        ["RenderStatus.eta_seconds"] = new() { ["minimum"] = 1 },
        ["RenderResult.seed"] = new() { ["minimum"] = 0 },
        ["ProgressMessage.type"] = new() { ["const"] = "progress" },
        ["ProgressMessage.stage"] = Choice(["connected", "validating", "validated", "queued", "generating", "processing", "saving", "extracting", "complete"]),
        ["ProgressMessage.progress_percent"] = Percent(),
        ["ProgressMessage.sequence"] = new() { ["minimum"] = 1 },
        ["ProgressMessage.queue_position"] = new() { ["minimum"] = 1 },
        ["ProgressMessage.eta_seconds"] = new() { ["minimum"] = 1 },
        ["ResultMessage.type"] = new() { ["const"] = "result" },
        ["ResultMessage.data"] = new() { ["$ref"] = OpenApiFinish.Schemas + "RenderResult" },
        ["ResultMessage.sequence"] = new() { ["minimum"] = 1 },
        ["ErrorMessage.type"] = new() { ["const"] = "error" },
        ["ErrorMessage.error_code"] = Choice(Codes),
        ["ErrorMessage.sequence"] = new() { ["minimum"] = 1 },
        ["ErrorMessage.details"] = new() { ["type"] = "object" },
        ["Problem.error_code"] = Choice(Codes),
        ["Problem.status"] = new() { ["minimum"] = 400, ["maximum"] = 599 },
        ["Problem.details"] = new() { ["type"] = "object" },
        ["PlanAnswer.composition_plan"] = new() { ["$ref"] = OpenApiFinish.Schemas + PlanSchemas.CompositionPlan },
        ["Health.status"] = Choice(["healthy", "degraded"]),
        ["Health.service"] = new() { ["const"] = "musicrender" },
    };

    /// <summary>Fields of requests that must be there, though their types may be null so that a missing one can be told; and fields of answers that always are.</summary>
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["PromptRequest"] = ["project_blueprint", "sound_profile", "delivery_and_control"],
        ["PlanRequest"] = ["prompt"],
        ["StemsRequest"] = ["stems"],
        ["TrackEdit"] = [],
        ["PlanAnswer"] = ["words_timestamps"],
        ["ProgressMessage"] = ["type"],
        ["ResultMessage"] = ["type"],
        ["ErrorMessage"] = ["type"],
        ["Problem"] = ["type"],
    };

    private static readonly HashSet<string> Requests = new(["PromptRequest", "PlanRequest", "StemsRequest", "TrackEdit", .. PlanSchemas.All("").Select(schema => schema.Key)], StringComparer.Ordinal);

    /// <summary>The name of a type's schema, or null when it stands where it is used.</summary>
    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    /// <summary>Adds everything above to the schemas of a document.</summary>
    public static void AddTo(JsonObject schemas)
    {
        schemas.Remove("JsonElement");
        foreach (var (name, schema) in schemas)
        {
            if (schema!["properties"] is not JsonObject properties)
            {
                continue;
            }

            var required = new HashSet<string>([.. schema["required"]?.AsArray().Select(field => (string)field!) ?? [], .. Required.GetValueOrDefault(name) ?? []], StringComparer.Ordinal);
            if (required.Count > 0)
            {
                schema["required"] = new JsonArray([.. properties.Select(property => property.Key).Where(required.Contains)]);
            }

            foreach (var (field, about) in properties.ToList())
            {
                var target = about!.AsObject();
                if (!Requests.Contains(name) && !required.Contains(field))
                {
                    // Answers leave out what they do not know instead of sending null.
                    WithoutNull(target);
                }

                Add(target, Fields.GetValueOrDefault($"{name}.{field}"));
            }
        }

        if (Fields.Keys.FirstOrDefault(key => schemas[key.Split('.')[0]]?["properties"]?[key.Split('.')[1]] is null) is { } gone)
        {
            throw new InvalidOperationException($"The contract has no {gone} any more.");
        }
    }

    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.First(type => (string?)type != "null")!.DeepClone();
        }
        else if (schema["oneOf"] is JsonArray choices && choices.FirstOrDefault(choice => choice!["$ref"] is not null) is JsonObject reference)
        {
            schema.Remove("oneOf");
            Add(schema, reference);
        }
    }

    private static void Add(JsonObject schema, JsonObject? more)
    {
        if (more?.ContainsKey("type") == true || more?.ContainsKey("$ref") == true)
        {
            foreach (var keyword in schema.Select(keyword => keyword.Key).Where(keyword => keyword != "description").ToList())
            {
                schema.Remove(keyword);
            }
        }

        foreach (var (keyword, value) in more ?? [])
        {
            schema[keyword] = value!.DeepClone();
        }
    }

    private static JsonObject Choice(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values]) };

    private static JsonObject Percent() => new() { ["minimum"] = 0, ["maximum"] = 100 };

    private static JsonObject OrNull(string type) => new() { ["type"] = new JsonArray(type, "null") };
}
