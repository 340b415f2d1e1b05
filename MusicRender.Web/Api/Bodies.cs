using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Plan;
using MusicRender.Web.RenderSocket;

namespace MusicRender.Web.Api;

/// <summary>Reads JSON bodies within the limit; what is wrong with one comes back as the answer to give.</summary>
internal static class Bodies
{
    /// <summary>The body as a JSON value, or the problem.</summary>
    public static async Task<(JsonElement Json, IResult? Problem)> ReadJsonAsync(this HttpRequest request, CancellationToken ct)
    {
        var limit = request.HttpContext.RequestServices.GetRequiredService<IOptions<RenderSocketOptions>>().Value.MaxMessageBytes;
        if (request.ContentLength > limit)
        {
            return (default, TooLarge(limit));
        }

        // The limit may be configured above the server's own. With room to spare, so that it is this one that answers.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && size.MaxRequestBodySize < 2L * limit)
        {
            size.MaxRequestBodySize = 2L * limit;
        }

        var body = new ArrayBufferWriter<byte>(4096);
        for (int read; (read = await request.Body.ReadAsync(body.GetMemory(4096), ct)) > 0;)
        {
            body.Advance(read);
            if (body.WrittenCount > limit)
            {
                return (default, TooLarge(limit));
            }
        }

        try
        {
            return (JsonElement.Parse(body.WrittenSpan), null);
        }
        catch (JsonException exception)
        {
            return (default, Problems.Of([new PlanProblem("", $"is not JSON: see line {(exception.LineNumber ?? 0) + 1}, column {(exception.BytePositionInLine ?? 0) + 1}")], "body"));
        }
    }

    /// <summary>The body as a record, or the problem.</summary>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(this HttpRequest request, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var (json, problem) = await request.ReadJsonAsync(ct);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, Problems.Of([new PlanProblem("", "must be a JSON object")], "body"));
        }

        try
        {
            return (json.Deserialize(type)!, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var path = (exception as JsonException)?.Path?.TrimStart('$').TrimStart('.') ?? "";
            return (null, Problems.Of([new PlanProblem(path, "has the wrong type, is there twice, or is not Unicode text")], "body"));
        }
    }

    private static IResult TooLarge(int limit) => Problems.Of(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes.");
}
