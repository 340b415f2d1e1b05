using System.Text;
using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Reads refusals of the ElevenLabs API in all their shapes. Never throws for a bad one, and takes the key out of what it gives.</summary>
internal static class UpstreamErrors
{
    /// <summary>Of a longer body nothing but its beginning is read.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxMessage = 600;
    private const int MaxName = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Reads an answer that is not a success. What cannot be read, or does not come in time, is left out; the HTTP status is always there.</summary>
    public static async Task<UpstreamError> ReadAsync(HttpResponseMessage response, CancellationToken ct, TimeProvider? time = null)
    {
        var body = await ReadBodyAsync(response, time ?? TimeProvider.System, ct);
        var key = KeyHandler.KeyOf(response.RequestMessage);
        return Read((int)response.StatusCode, body, HeaderOf(response), key, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Reads a body.</summary>
    /// <param name="httpStatus">The answer's HTTP status.</param>
    /// <param name="body">What it says, in UTF-8.</param>
    /// <param name="requestId">The id that its headers gave, or null.</param>
    /// <param name="key">The key that it must not repeat, or null.</param>
    /// <param name="mediaType">What the body says to be, or null.</param>
    public static UpstreamError Read(int httpStatus, ReadOnlyMemory<byte> body, string? requestId, string? key, string? mediaType = null)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return new UpstreamError { HttpStatus = httpStatus, Message = Cleaned(PlainText(body.Span, mediaType), key, MaxMessage), RequestId = Cleaned(requestId, key) };
        }

        using (document)
        {
            return Read(httpStatus, document.RootElement, requestId, key);
        }
    }

    /// <summary>Reads a body that is JSON: what is in <c>detail</c>, in <c>error</c>, or the body itself.</summary>
    public static UpstreamError Read(int httpStatus, JsonElement body, string? requestId, string? key)
    {
        var detail = UpstreamJson.Field(body, "detail") ?? UpstreamJson.Field(body, "error") ?? body;
        var error = new UpstreamError { HttpStatus = httpStatus, RequestId = Cleaned(UpstreamJson.Text(detail, "request_id") ?? requestId, key) };
        return detail.ValueKind switch
        {
            JsonValueKind.Object => error with
            {
                Code = Cleaned(UpstreamCodes.Choose(UpstreamJson.Text(detail, "code"), UpstreamJson.Text(detail, "status"), UpstreamJson.Text(detail, "type")), key, MaxName),
                Message = Cleaned(UpstreamJson.Text(detail, "message") ?? UpstreamJson.Text(detail, "msg") ?? UpstreamJson.Text(body, "message"), key, MaxMessage),
                Data = DataOf(detail, key),
            },
            JsonValueKind.Array => error with { Problems = ProblemsOf(detail, key) },
            JsonValueKind.String => error with { Message = Cleaned(UpstreamJson.Text(detail), key, MaxMessage) },
            _ => error,
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, TimeProvider time, CancellationToken ct)
    {
        var buffer = new byte[MaxBytes];
        var length = 0;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            for (int read; length < MaxBytes && (read = await stream.ReadAsync(buffer.AsMemory(length), either.Token)) > 0;)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Half of a reason is better than none.
        }

        return buffer.AsMemory(0, length);
    }

    private static string? HeaderOf(HttpResponseMessage response)
    {
        foreach (var name in (ReadOnlySpan<string>)["request-id", "x-request-id", "x-trace-id"])
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                return string.Join(' ', values);
            }
        }

        return null;
    }

    private static JsonElement? DataOf(JsonElement detail, string? key)
    {
        if (UpstreamJson.Field(detail, "data") is not { } data)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(Redacted(data.GetRawText(), key));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It is not Unicode text.
            return null;
        }
    }

    private static List<PlanProblem> ProblemsOf(JsonElement list, string? key) =>
    [
        .. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Take(PlanReader.MaxProblems).Select(item => new PlanProblem(
            Cleaned(PathOf(item), key, MaxName),
            Cleaned(UpstreamJson.Text(item, "msg") ?? UpstreamJson.Text(item, "message") ?? UpstreamJson.Text(item, "type") ?? "is not accepted", key, MaxMessage).TrimEnd('.'))),
    ];

    /// <summary><c>["body", "composition_plan", "CompositionPlan", "chunks", 2, "text"]</c> → <c>composition_plan.chunks[2].text</c>: names of types are not of the request.</summary>
    private static string PathOf(JsonElement item)
    {
        if (UpstreamJson.Field(item, "loc") is not { ValueKind: JsonValueKind.Array } location)
        {
            return "";
        }

        var path = new StringBuilder();
        var index = 0;
        foreach (var step in location.EnumerateArray())
        {
            if (step.ValueKind == JsonValueKind.Number && path.Length > 0)
            {
                path.Append('[').Append(step.GetRawText()).Append(']');
            }
            else if (UpstreamJson.Text(step) is { Length: > 0 } name && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_') && !(index == 0 && name is "body" or "query" or "path" or "header"))
            {
                path.Append(path.Length == 0 ? "" : ".").Append(name);
            }

            index++;
        }

        return path.ToString();
    }

    /// <summary>A proxy's error page says nothing to people; a line of text does.</summary>
    private static string PlainText(ReadOnlySpan<byte> body, string? mediaType) =>
        mediaType is null or "text/plain" && Encoding.UTF8.GetString(body).Trim() is var text && text is not ['<' or '{' or '[', ..] && !text.Contains('\uFFFD') ? text : "";

    private static string? Cleaned(string? text, string? key) => string.IsNullOrWhiteSpace(text) ? null : Cleaned(text, key, MaxName);

    /// <summary>One line, without the key, not too long.</summary>
    private static string Cleaned(string? text, string? key, int longest)
    {
        var line = Redacted(string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), key);
        line = string.Concat(line.Where(letter => !char.IsControl(letter)));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)] + "…";
    }

    private static string Redacted(string text, string? key) =>
        key is { Length: >= 4 } ? text.Replace(key, "[key]", StringComparison.OrdinalIgnoreCase) : text;
}
