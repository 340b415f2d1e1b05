using System.Text.Json.Nodes;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Api.Documents;

/// <summary>The AsyncAPI 3 document of <c>WS /render/ws</c>. Its schemas are the OpenAPI document's own.</summary>
internal static class AsyncApiDocument
{
    private const string Messages = "#/channels/render/messages/";

    /// <summary>Writes it from the finished OpenAPI document.</summary>
    public static JsonObject Of(JsonObject openApi)
    {
        var all = openApi["components"]!["schemas"]!.AsObject();
        var schemas = ClientMessages();
        foreach (var name in new[] { "ProgressMessage", "ResultMessage", "ErrorMessage", PlanSchemas.AnyPlan, PlanSchemas.WrappedPlan })
        {
            Take(name, all, schemas);
        }

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "MusicRender: the render socket",
                ["version"] = ApiDocuments.Version,
                ["description"] = "One socket for one render. The server sends `progress` with stage `connected`; the client sends one `render` message; the server sends `progress` messages and then exactly one `result` or `error`, and closes with 1000. Losing the socket does not lose the render: `resume` on a new socket replays every message after a sequence number and goes on live. A server that stops closes with 1012 and without `result` or `error`: the render goes on, so connect again and `resume`. `cancel` stops it. The client has 60 s for its message, which may have up to 256 KiB, unless the server is configured otherwise.",
                ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject { ["local"] = new JsonObject { ["host"] = "localhost:8000", ["protocol"] = "ws", ["description"] = "As it comes out of the box." } },
            ["channels"] = new JsonObject
            {
                ["render"] = new JsonObject
                {
                    ["address"] = "/render/ws",
                    ["description"] = "Pages of foreign origins are refused with 403 before the socket opens; a plain GET gets 426. Where the server wants its access token, the handshake carries it as `Authorization: Bearer TOKEN`, as the subprotocol `musicrender.token.TOKEN` (browsers can send no header; offer `musicrender` too and the answer names that one), or as the cookie of a browser that has signed in; else it is refused with 401. A browser does not tell its page that status: ask the same address with a plain GET, which answers 401 with problem details or, when the token is right, 426. 503 comes from a server that is stopping: try again. 429 says that too much came from one address.",
                    ["messages"] = new JsonObject
                    {
                        ["progress"] = Message("ProgressMessage", "How far the render is", "Stages and percents: connected 0, validating 5, validated 10, queued 10 (while it waits), generating 15 to 70, processing 70, saving 85, extracting 95, complete 100. The percent never goes back.", new JsonObject { ["type"] = "progress", ["stage"] = "generating", ["progress_percent"] = 38, ["message"] = "Section 2 of 3, 11 s of 24 s generated", ["timestamp"] = "2026-11-23T04:05:06.789Z", ["render_id"] = "0198f2d13c5e4b7a9d20c4e6a8b0f1e2", ["sequence"] = 7, ["live_url"] = "/render/live/0198f2d13c5e4b7a9d20c4e6a8b0f1e2" }),
                        ["result"] = Message("ResultMessage", "The track is there", "The last message of a render that succeeded."),
                        ["error"] = Message("ErrorMessage", "It failed, or was not understood", "The last message otherwise. `INVALID_REQUEST`: the message is wrong. `VALIDATION_ERROR`: the plan is wrong, `details.errors` names each problem with its path. `SERVER_ERROR`: the generator or the server failed, `details.reason` says how for programs: `queue_full` with `details.retry_after_seconds` when too many wait already.", new JsonObject { ["type"] = "error", ["error_code"] = "VALIDATION_ERROR", ["message"] = "sections[0].duration_ms must be 3000 to 120000 ms, but is 100.", ["timestamp"] = "2026-11-23T04:05:06.789Z", ["details"] = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["path"] = "sections[0].duration_ms", ["message"] = "must be 3000 to 120000 ms, but is 100" }) } }),
                        ["render"] = Message("RenderCommand", "Render a plan", "Sent once, after `connected`.", new JsonObject { ["type"] = "render", ["composition_plan"] = openApi["paths"]!["/render"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!["composition_plan"]!.DeepClone() }),
                        ["resume"] = Message("ResumeCommand", "Go on with a render", "Sent instead of `render` after a lost connection.", new JsonObject { ["type"] = "resume", ["render_id"] = "0198f2d13c5e4b7a9d20c4e6a8b0f1e2", ["after"] = 7 }),
                        ["cancel"] = Message("CancelCommand", "Stop the render", "Sent while it runs; it ends with `SERVER_ERROR` and `details.reason` `cancelled`.", new JsonObject { ["type"] = "cancel" }),
                    },
                },
            },
            ["operations"] = new JsonObject
            {
                ["ask"] = Operation("receive", "What clients send.", "render", "resume", "cancel"),
                ["tell"] = Operation("send", "What clients hear.", "progress", "result", "error"),
            },
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject ClientMessages() => new()
    {
        ["RenderCommand"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Render a plan. Options may stand in the plan or beside it; what stands inside wins.",
            ["required"] = new JsonArray("type", "composition_plan"),
            ["properties"] = new JsonObject
            {
                ["type"] = Constant("render"),
                ["composition_plan"] = new JsonObject
                {
                    ["description"] = "A plan in one of its shapes, or wrapped once more.",
                    ["anyOf"] = new JsonArray(Reference(PlanSchemas.AnyPlan), Reference(PlanSchemas.WrappedPlan)),
                },
                ["idempotency_key"] = new JsonObject
                {
                    ["type"] = new JsonArray("string", "null"),
                    ["minLength"] = 1,
                    ["maxLength"] = Engine.Rendering.IdempotencyKey.MaxLength,
                    ["pattern"] = "^[!-~]+$",
                    ["description"] = "The client's own name for this request: what comes again with the same key within 24 hours is the same render, from its first message on. Another request with it is refused: `INVALID_REQUEST`, `details.reason` `idempotency_key_reused`.",
                },
            },
            ["additionalProperties"] = true,
        },
        ["ResumeCommand"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Replay a render's messages and go on live.",
            ["required"] = new JsonArray("type", "render_id"),
            ["properties"] = new JsonObject
            {
                ["type"] = Constant("resume"),
                ["render_id"] = new JsonObject { ["type"] = "string", ["description"] = "The render." },
                ["after"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["description"] = "The last sequence number that was seen; 0 when it is not there." },
            },
            ["additionalProperties"] = true,
        },
        ["CancelCommand"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Stop the render.",
            ["required"] = new JsonArray("type"),
            ["properties"] = new JsonObject { ["type"] = Constant("cancel") },
            ["additionalProperties"] = true,
        },
    };

    /// <summary>Copies a schema and everything it refers to.</summary>
    private static void Take(string name, JsonObject from, JsonObject to)
    {
        if (to.ContainsKey(name))
        {
            return;
        }

        var schema = from[name]!.DeepClone();
        to[name] = schema;
        foreach (var reference in References(schema).ToList())
        {
            Take(reference, from, to);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(field => field is { Key: "$ref", Value: JsonValue value } ? [((string)value!)[OpenApiFinish.Schemas.Length..]] : References(field.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonObject Message(string schema, string title, string summary, JsonObject? example = null)
    {
        var message = new JsonObject { ["name"] = schema, ["title"] = title, ["summary"] = summary, ["payload"] = Reference(schema) };
        if (example is not null)
        {
            message["examples"] = new JsonArray(new JsonObject { ["payload"] = example });
        }

        return message;
    }

    private static JsonObject Operation(string action, string summary, params string[] messages) => new()
    {
        ["action"] = action,
        ["channel"] = new JsonObject { ["$ref"] = "#/channels/render" },
        ["summary"] = summary,
        ["messages"] = new JsonArray([.. messages.Select(name => new JsonObject { ["$ref"] = Messages + name })]),
    };

    private static JsonObject Constant(string value) => new() { ["type"] = "string", ["const"] = value };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = OpenApiFinish.Schemas + schema };
}
