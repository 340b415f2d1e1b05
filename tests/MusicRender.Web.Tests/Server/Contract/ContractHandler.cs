using System.Text.Json;

namespace MusicRender.Web.Tests.Server.Contract;

/// <summary>Holds every answer of the REST API against the OpenAPI document: its status, its media type, its JSON.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Statuses of requests that do not keep to HTTP, or to the addresses: no operation is meant.</summary>
    private static readonly HashSet<int> OfTheServer = [400, 405, 408, 431];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        // The longest path wins, as in routing: /tracks/{id}/stems before /tracks/{id}/{other}.
        var operation = WrittenContracts.Operations.Where(one => one.Is(request.Method, path)).MaxBy(one => one.Path.Length);
        var media = response.Content.Headers.ContentType?.MediaType;
        if (operation is not null && media != "text/html" && !OfTheServer.Contains((int)response.StatusCode))
        {
            await CheckAsync(operation, response, media, cancellationToken);
        }

        return response;
    }

    private static async Task CheckAsync(Operation operation, HttpResponseMessage response, string? media, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var what = $"{operation.Method} {operation.Path} answered {status} {media}";
        if (!operation.Json.GetProperty("responses").TryGetProperty($"{status}", out var documented))
        {
            throw new ContractException($"{what}, which the OpenAPI document does not have. {await response.Content.ReadAsStringAsync(ct)}");
        }

        WrittenContracts.Seen.TryAdd((operation.Id, status), true);
        if (operation.Method == "head" || media is null)
        {
            return;
        }

        if (!documented.TryGetProperty("content", out var content) || !content.TryGetProperty(media, out var body))
        {
            throw new ContractException($"{what}, a media type that the OpenAPI document does not have.");
        }

        if (media.EndsWith("json", StringComparison.Ordinal))
        {
            await response.Content.LoadIntoBufferAsync(ct);
            var json = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            WrittenContracts.Expect(new JsonSchema(body.GetProperty("schema"), WrittenContracts.OpenApi).Check(json), what, json);
        }
    }
}
