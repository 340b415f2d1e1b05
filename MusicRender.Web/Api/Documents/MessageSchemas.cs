using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api.Documents;

/// <summary>Puts the socket's messages into the document: the event stream sends them, and the socket's own contract is made of them.</summary>
internal sealed class MessageSchemas : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var type in new[] { typeof(ProgressMessage), typeof(ResultMessage), typeof(ErrorMessage), typeof(PartialTakeBody) })
        {
            var name = SchemaDetails.NameOf(type)!;
            if (document.Components?.Schemas?.ContainsKey(name) != true)
            {
                document.AddComponent<IOpenApiSchema>(name, await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken));
            }
        }
    }
}
