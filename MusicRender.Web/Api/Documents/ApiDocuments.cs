using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api.Documents;

/// <summary>
/// The contracts as documents: <c>/openapi/v1.json</c> (OpenAPI 3.1), <c>/asyncapi.json</c> (AsyncAPI 3), the JSON Schemas
/// of the plan shapes below <c>/schemas</c>, and the page at <c>/docs</c> that can try the calls.
/// </summary>
internal sealed class ApiDocuments([FromKeyedServices(ApiDocuments.Name)] IOpenApiDocumentProvider openApi)
{
    /// <summary>
    /// Version of the contracts. Whoever changes them raises it (a field more: the middle number; something that breaks a
    /// client: the first) and writes a line into <c>docs/api/changelog.md</c>. A test looks after that.
    /// </summary>
    public const string Version = "1.3.0";

    public const string Name = "v1";
    private static readonly JsonSerializerOptions Readable = new(WireJson.Wire.Options) { WriteIndented = true };

    private readonly Lazy<Task<(string OpenApi, string AsyncApi)>> _documents = new(() => WriteAsync(openApi));

    /// <summary>The OpenAPI document.</summary>
    public async Task<string> OpenApiAsync() => (await _documents.Value).OpenApi;

    /// <summary>The AsyncAPI document of the socket.</summary>
    public async Task<string> AsyncApiAsync() => (await _documents.Value).AsyncApi;

    private static async Task<(string OpenApi, string AsyncApi)> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var written = await (await provider.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        var document = JsonNode.Parse(written)!.AsObject();
        OpenApiFinish.Complete(document);
        return (document.ToJsonString(Readable), AsyncApiDocument.Of(document).ToJsonString(Readable));
    }
}
