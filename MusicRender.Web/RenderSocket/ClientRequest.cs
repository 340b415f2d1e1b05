using System.Text.Json;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.RenderSocket;

/// <summary>What a client's message asks for.</summary>
internal abstract record ClientRequest
{
    private ClientRequest()
    {
    }

    /// <summary><c>{"type":"render","composition_plan":{…}}</c></summary>
    public sealed record Render(PlanReading Plan, string? IdempotencyKey) : ClientRequest;

    /// <summary><c>{"type":"resume","render_id":"…","after":N}</c></summary>
    public sealed record Resume(string RenderId, long After) : ClientRequest
    {
        /// <summary>The id, or null when it cannot be one.</summary>
        public RenderId? Id => Engine.Rendering.RenderId.TryParse(RenderId, out var id) ? id : null;
    }

    /// <summary><c>{"type":"cancel"}</c></summary>
    public sealed record Cancel : ClientRequest;

    /// <summary>Not understood; the message says why.</summary>
    public sealed record Invalid(string Message) : ClientRequest;

    /// <summary>Reads a text message.</summary>
    public static ClientRequest Read(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = true });
        }
        catch (JsonException exception)
        {
            return new Invalid($"The message is not JSON: see line {(exception.LineNumber ?? 0) + 1}, column {(exception.BytePositionInLine ?? 0) + 1}.");
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                // Thrown when text that is no Unicode is looked at: bytes that are not UTF-8, half a surrogate pair.
                return new Invalid("The message is not Unicode text.");
            }
        }
    }

    private static ClientRequest Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return new Invalid("The message must be a JSON object such as {\"type\":\"render\",\"composition_plan\":{…}}.");
        }

        if (Count(message, "type") is not 1 and var types)
        {
            return new Invalid(types == 0 ? "type is missing: it must be \"render\", \"resume\" or \"cancel\"." : "type must be there only once.");
        }

        var type = message.GetProperty("type"u8);
        if (type.ValueKind != JsonValueKind.String)
        {
            return new Invalid("type must be text: \"render\", \"resume\" or \"cancel\".");
        }

        return type switch
        {
            _ when type.ValueEquals("render"u8) => ReadRender(message),
            _ when type.ValueEquals("resume"u8) => ReadResume(message),
            _ when type.ValueEquals("cancel"u8) => new Cancel(),
            _ => new Invalid("type must be \"render\", \"resume\" or \"cancel\"."),
        };
    }

    private static ClientRequest ReadRender(JsonElement message)
    {
        if (Count(message, "composition_plan") is not 1 and var plans)
        {
            return new Invalid(plans == 0 ? "composition_plan is missing." : "composition_plan must be there only once.");
        }

        var plan = message.GetProperty("composition_plan"u8);
        if (plan.ValueKind != JsonValueKind.Object)
        {
            return new Invalid("composition_plan must be a JSON object.");
        }

        string? key = null;
        if (message.TryGetProperty("idempotency_key", out var value) && value.ValueKind != JsonValueKind.Null)
        {
            key = value.ValueKind == JsonValueKind.String ? value.GetString() : "";
            if (!Engine.Rendering.IdempotencyKey.IsOne(key!) || Count(message, "idempotency_key") > 1)
            {
                return new Invalid($"idempotency_key {Engine.Rendering.IdempotencyKey.Rule}, and there only once.");
            }
        }

        return new Render(PlanReader.Read(plan, message), key);
    }

    private static ClientRequest ReadResume(JsonElement message)
    {
        if (!message.TryGetProperty("render_id", out var id) || id.ValueKind != JsonValueKind.String)
        {
            return new Invalid("render_id must be the text of a render's id.");
        }

        long after = 0;
        if (message.TryGetProperty("after", out var number) && (number.ValueKind != JsonValueKind.Number || !number.TryGetInt64(out after) || after < 0))
        {
            return new Invalid("after must be the number of the last event that was seen, 0 or more.");
        }

        return new Resume(id.GetString()!, after);
    }

    private static int Count(JsonElement message, string name) => message.EnumerateObject().Count(property => property.NameEquals(name));
}
