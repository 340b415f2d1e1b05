using System.Text.Json;

namespace ElevenLabs.Simulator.Contract;

/// <summary>A parameter of the query.</summary>
internal sealed record QueryParameter(string Name, bool IsRequired, Schema Schema);

/// <summary>One call that the document names.</summary>
internal sealed record Operation
{
    /// <summary>As faults name it: "plan", "detailed/stream", "subscription".</summary>
    public required string Endpoint { get; init; }

    public required string Method { get; init; }

    public required IReadOnlyList<QueryParameter> Query { get; init; }

    /// <summary>"application/json", "multipart/form-data", or null without a body.</summary>
    public string? BodyType { get; init; }

    public Schema? Body { get; init; }
}

/// <summary>
/// The OpenAPI document: a copy of the public one, cut down to what MusicRender calls. Beyond it goes only what else is
/// attested: names of newer models.
/// </summary>
internal sealed class OpenApiContract
{
    private const string Resource = "elevenlabs-music.openapi.json";

    private readonly Dictionary<string, Operation> _operations = [];

    private OpenApiContract(JsonElement document)
    {
        Schemas = new SchemaBook(document.GetProperty("components").GetProperty("schemas"));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                _operations[path.Name] = Read(path.Name, method.Name.ToUpperInvariant(), method.Value);
            }
        }
    }

    /// <summary>The document in this assembly.</summary>
    public static OpenApiContract Instance { get; } = Load();

    public SchemaBook Schemas { get; }

    /// <summary>Every call, by its path.</summary>
    public IReadOnlyDictionary<string, Operation> Operations => _operations;

    private static OpenApiContract Load()
    {
        using var stream = typeof(OpenApiContract).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        // The enumeration of the document of August 2026 lags behind: music_v2_5 is attested.
        var text = reader.ReadToEnd().Replace("\"music_v2\"", "\"music_v2\", \"music_v2_5\"", StringComparison.Ordinal);
        return new OpenApiContract(JsonElement.Parse(text));
    }

    private Operation Read(string path, string method, JsonElement source)
    {
        string? bodyType = null;
        Schema? body = null;
        if (source.TryGetProperty("requestBody", out var request))
        {
            var content = request.GetProperty("content").EnumerateObject().Single();
            bodyType = content.Name;
            body = new Schema(Schemas, content.Value.GetProperty("schema"));
        }

        return new Operation
        {
            Endpoint = path.Split('/', 4)[3],
            Method = method,
            BodyType = bodyType,
            Body = body,
            Query =
            [
                .. source.GetProperty("parameters").EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                    .Select(parameter => new QueryParameter(
                        parameter.GetProperty("name").GetString()!,
                        parameter.GetProperty("required").GetBoolean(),
                        new Schema(Schemas, parameter.GetProperty("schema")))),
            ],
        };
    }
}
