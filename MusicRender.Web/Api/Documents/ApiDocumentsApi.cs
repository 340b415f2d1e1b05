using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MusicRender.Engine.Plan;
using MusicRender.Web.Contracts;
using Scalar.AspNetCore;

namespace MusicRender.Web.Api.Documents;

/// <summary>The documents among the services and the routes.</summary>
internal static class ApiDocumentsApi
{
    private static readonly JsonSerializerOptions Readable = new(WireJson.Wire.Options) { WriteIndented = true };

    /// <summary>Registers what writes the documents.</summary>
    public static IServiceCollection AddApiDocuments(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = default;
            options.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(WireJson.Wire, new DefaultJsonTypeInfoResolver());
        });
        services.AddOpenApi(ApiDocuments.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<OperationName>().Any();
            options.CreateSchemaReferenceId = type => SchemaDetails.NameOf(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddOperationTransformer<OperationDetails>();
            options.AddDocumentTransformer<MessageSchemas>();
        });
        return services.AddSingleton<ApiDocuments>();
    }

    /// <summary>Maps the documents and the page.</summary>
    public static void MapApiDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi/v1.json", async (ApiDocuments documents) => Json(await documents.OpenApiAsync()));
        routes.MapGet("/asyncapi.json", async (ApiDocuments documents) => Json(await documents.AsyncApiAsync()));
        routes.MapGet("/schemas/{name}.json", (string name) => SchemaOf(name) is { } schema
            ? Json(PlanSchemas.Document(schema).ToJsonString(Readable), "application/schema+json")
            : Problems.Of(StatusCodes.Status404NotFound, "There are the schemas composition-plan, chunk-plan, prompt-plan and render-request."));
        routes.MapScalarApiReference("/docs", options =>
        {
            options.Title = "MusicRender API";
            options.Favicon = "/assets/favicon.svg";
            options.AddDocument(ApiDocuments.Name, "REST", "/openapi/v1.json", isDefault: true);
            options.AddAsyncApiDocument("socket", "WebSocket", "/asyncapi.json");
            options.SchemaPropertyOrder = PropertyOrder.Preserve;
            options.Theme = ScalarTheme.None;
            options.DynamicNonce = true;
            // Nothing of it comes from, or goes to, another server.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
        });
    }

    private static IResult Json(string text, string contentType = "application/json") => Results.Text(text, contentType);

    private static string? SchemaOf(string name) => name switch
    {
        "composition-plan" => PlanSchemas.CompositionPlan,
        "chunk-plan" => PlanSchemas.ChunkPlan,
        "prompt-plan" => PlanSchemas.PromptPlan,
        "render-request" => PlanSchemas.RenderRequest,
        _ => null,
    };
}
