using System.Text.Json.Nodes;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Api.Documents;

/// <summary>Completes the document that the framework has written: the chapter on the whole, the plan's schemas, limits, and what converters hide.</summary>
internal static class OpenApiFinish
{
    /// <summary>Where schemas are.</summary>
    public const string Schemas = "#/components/schemas/";

    /// <summary>The name of the cookie that a browser gets that has signed in.</summary>
    public const string SessionCookie = "musicrender.access";

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Writing", "From choices and a story to a prompt, from a prompt to a plan."),
        ("Rendering", "From a plan to a track. With live progress the same is the socket `WS /render/ws`: see [/asyncapi.json](/asyncapi.json)."),
        ("Audio", "The files, and the sound while it is made."),
        ("Library", "The tracks that were made."),
        ("Stems", "Tracks taken apart."),
        ("Custom style models", "Of the ElevenLabs account."),
        ("Health", "For whoever looks after the server."),
    ];

    public static void Complete(JsonObject document)
    {
        using var about = new StreamReader(typeof(OpenApiFinish).Assembly.GetManifestResourceStream("Documents/about.md")!);
        document["info"] = new JsonObject
        {
            ["title"] = "MusicRender",
            ["summary"] = "Ideas become plans, plans become music.",
            ["description"] = about.ReadToEnd().Trim(),
            ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            ["version"] = ApiDocuments.Version,
        };
        document["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
        document["security"] = new JsonArray(new JsonObject(), new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["cookie"] = new JsonArray() });
        document["components"]!["securitySchemes"] = new JsonObject
        {
            ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The access token. None is needed on loopback, unless one is configured." },
            ["cookie"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = SessionCookie, ["description"] = "Of a browser that has signed in at `/sign-in`." },
        };
        document["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Description })]);

        var schemas = document["components"]!["schemas"]!.AsObject();
        schemas.Remove("File");
        schemas.Remove("Events");
        foreach (var (name, schema) in PlanSchemas.All(Schemas))
        {
            schemas[name] = schema!.DeepClone();
        }

        schemas[SchemaDetails.RenderMessage] = new JsonObject
        {
            ["description"] = "A message of the socket and of a render's event stream.",
            ["oneOf"] = new JsonArray([.. new[] { "ProgressMessage", "ResultMessage", "ErrorMessage" }.Select(name => new JsonObject { ["$ref"] = Schemas + name })]),
        };
        SchemaDetails.AddTo(schemas);
        Straighten(document);
        document["components"]!["schemas"] = new JsonObject(schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone())));
    }

    /// <summary>What the framework writes for types of ours that it cannot look into.</summary>
    private static void Straighten(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                if ((string?)json["schema"]?["$ref"] is Schemas + "File" or Schemas + "Events")
                {
                    json["schema"] = new JsonObject { ["type"] = "string" };
                }

                foreach (var (_, value) in json.ToList())
                {
                    Straighten(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Straighten(item);
                }

                break;
        }
    }
}
