using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>Writes compositions as JSON in the shapes of the wire contract, unknown fields included.</summary>
public static class PlanJson
{
    /// <summary>The composition as a JSON object.</summary>
    public static JsonElement ToElement(Composition composition) => throw new NotImplementedException();

    /// <summary>The composition as JSON text for people: indented by two spaces, Unicode unescaped.</summary>
    public static string ToText(Composition composition) => throw new NotImplementedException();
}
