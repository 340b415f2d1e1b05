using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ElevenLabs.Simulator.Api;

/// <summary>The body of a call, read to its end.</summary>
/// <param name="Json">JSON, or a form's fields as JSON; undefined when it is neither.</param>
/// <param name="Text">What to remember of it.</param>
/// <param name="File">A form's file.</param>
internal sealed record CallBody(JsonElement Json, string? Text, ReadOnlyMemory<byte> File)
{
    private const int LongestRemembered = 1_000_000;

    /// <summary>Reads it as what the operation takes.</summary>
    public static async Task<CallBody> ReadAsync(HttpContext context, Operation? operation, bool isRemembered)
    {
        var request = context.Request;
        if (operation is { BodyType: "multipart/form-data", Body: { } schema } && request.HasFormContentType)
        {
            return await ReadFormAsync(context, schema);
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, context.RequestAborted);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        var text = isRemembered && content.Length is > 0 and < LongestRemembered ? Encoding.UTF8.GetString(content.Span) : null;
        return new CallBody(operation?.BodyType == "application/json" && request.HasJsonContentType() ? Parse(content) : default, text, default);
    }

    private static async Task<CallBody> ReadFormAsync(HttpContext context, Schema schema)
    {
        try
        {
            var form = await new FormFeature(context.Request, new FormOptions { MultipartBodyLengthLimit = long.MaxValue }).ReadFormAsync(context.RequestAborted);
            using var file = new MemoryStream();
            if (form.Files.GetFile("file") is { } sent)
            {
                await sent.CopyToAsync(file, context.RequestAborted);
            }

            var remembered = new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
            foreach (var one in form.Files)
            {
                remembered[one.Name] = new JsonObject { ["file_name"] = one.FileName, ["content_type"] = one.ContentType, ["bytes"] = one.Length };
            }

            return new CallBody(CallCheck.FromForm(form, schema), remembered.ToJsonString(), file.ToArray());
        }
        catch (InvalidDataException)
        {
            return new CallBody(default, null, default);
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonElement.Parse(content.Span);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
