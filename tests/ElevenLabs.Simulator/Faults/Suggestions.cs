using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ElevenLabs.Simulator.Faults;

/// <summary>What the upstream would take instead of a prompt or plan: names of artists are described, not named.</summary>
internal sealed partial class Suggestions(JsonElement body)
{
    private static readonly (string Name, string Instead)[] Artists =
    [
        ("the beatles", "a British beat group of the 1960s"),
        ("taylor swift", "country-pop storytelling"),
        ("daft punk", "robotic French house"),
        ("michael jackson", "a 1980s pop voice with tight funk"),
        ("bob marley", "warm roots reggae"),
    ];

    /// <summary>True when a text of the call names an artist: a prompt and a plan like that are refused, and the suggestion is taken.</summary>
    public bool IsNeeded => Texts(Asked).Any(text => Name().IsMatch(text));

    /// <summary>Which of the two the call asked with.</summary>
    public FaultKind Kind => HasPlan ? FaultKind.BadCompositionPlan : FaultKind.BadPrompt;

    private bool HasPlan => body.ValueKind is JsonValueKind.Object && body.TryGetProperty("composition_plan", out var plan) && plan.ValueKind is JsonValueKind.Object;

    private JsonNode? Asked => body.ValueKind is not JsonValueKind.Object ? null
        : HasPlan ? JsonObject.Create(body.GetProperty("composition_plan"))
        : body.TryGetProperty("prompt", out var prompt) && prompt.ValueKind is JsonValueKind.String ? prompt.GetString() : null;

    /// <summary><c>detail.data</c> of a refusal; null when it has none.</summary>
    public JsonObject? DataFor(FaultKind kind, SuggestionForm form)
    {
        if (form is SuggestionForm.None || kind is not (FaultKind.BadPrompt or FaultKind.BadCompositionPlan) || Asked is not { } asked)
        {
            return null;
        }

        var better = IsNeeded ? Replace(asked) : Varied(asked);
        return kind is FaultKind.BadPrompt
            ? new JsonObject { ["prompt_suggestion"] = better is JsonObject ? "An original song in a style of its own" : better }
            : new JsonObject { ["composition_plan_suggestion"] = form is SuggestionForm.JsonString ? better.ToJsonString() : better };
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonNode Replace(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : (JsonNode?)Replace(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Replace(item))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Name().Replace(text, match => Artists.First(artist => artist.Name.Equals(match.Value, StringComparison.OrdinalIgnoreCase)).Instead),
        _ => node.DeepClone(),
    };

    /// <summary>Another prompt or plan, when nothing in it asks for one: the first style list gets a style more, or loses one when it is full.</summary>
    private static JsonNode Varied(JsonNode asked)
    {
        const int MostStyles = 50;
        if (asked is not JsonObject)
        {
            return $"{asked}, in a style of its own";
        }

        var plan = asked.DeepClone();
        var styles = (plan["chunks"]?[0]?["positive_styles"] ?? plan["positive_global_styles"])?.AsArray();
        if (styles?.Count >= MostStyles)
        {
            styles.RemoveAt(MostStyles - 1);
        }

        styles?.Insert(0, "a style of its own");
        return plan;
    }

    [GeneratedRegex("the beatles|taylor swift|daft punk|michael jackson|bob marley", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
