using System.Text.Json;
using System.Text.Json.Nodes;

namespace ElevenLabs.Simulator.Contract;

/// <summary>The named schemas of the document.</summary>
internal sealed class SchemaBook
{
    private const string Prefix = "#/components/schemas/";

    private readonly Dictionary<string, Schema> _schemas = [];

    public SchemaBook(JsonElement schemas)
    {
        foreach (var schema in schemas.EnumerateObject())
        {
            _schemas[Prefix + schema.Name] = new Schema(this, schema.Value);
        }
    }

    /// <summary>The schema of a reference, or of a name.</summary>
    public Schema Find(string reference) =>
        _schemas.TryGetValue(reference.StartsWith('#') ? reference : Prefix + reference, out var schema)
            ? schema
            : throw new InvalidOperationException($"The contract has no schema '{reference}'.");

    /// <summary>What is wrong with a value, by a named schema.</summary>
    public IReadOnlyList<Violation> Check(string name, JsonNode? value)
    {
        var found = new List<Violation>();
        Find(name).Check(JsonSerializer.SerializeToElement(value), Location.Body, found);
        return found;
    }
}
