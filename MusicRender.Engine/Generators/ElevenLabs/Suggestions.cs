using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Reads what the upstream offers in place of a prompt or plan that it refuses.</summary>
internal static class Suggestions
{
    /// <summary>
    /// <c>{"prompt":"…"}</c> or <c>{"composition_plan":{…}}</c>, the plan in sections and with the title that was asked for; null when it offers nothing
    /// that is a plan by our limits.
    /// </summary>
    public static JsonElement? Read(JsonElement? data, Composition? asked)
    {
        if (data is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        if (UpstreamJson.Field(known, "composition_plan_suggestion") is { } plan && ReadPlan(plan) is { } composition)
        {
            var sections = SentPlan.WithoutDirections(PlanConversion.ToSections(composition));
            return JsonSerializer.SerializeToElement(new { composition_plan = PlanJson.ToElement(sections with { Title = sections.Title ?? asked?.Title }) });
        }

        return UpstreamJson.Text(known, "prompt_suggestion") is { } text && !string.IsNullOrWhiteSpace(text)
            ? JsonSerializer.SerializeToElement(new { prompt = text })
            : null;
    }

    /// <summary>A plan is an object, or a JSON text of one.</summary>
    private static Composition? ReadPlan(JsonElement plan)
    {
        var reading = plan.ValueKind switch
        {
            JsonValueKind.Object => PlanReader.Read(plan),
            _ => UpstreamJson.Text(plan) is { } text ? PlanReader.Read(text) : null,
        };
        return reading?.Composition is CompositionPlan or ChunkPlan ? reading.Composition : null;
    }
}
