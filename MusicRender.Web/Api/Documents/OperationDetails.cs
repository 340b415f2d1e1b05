using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MusicRender.Web.Api.Documents;

/// <summary>Adds to each operation what its types do not say: its name, parameters, headers and examples.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> PathParameters = new(StringComparer.Ordinal)
    {
        ["id"] = "The render's id, which is the track's too: 32 hexadecimal digits. For a track its file name is taken as well.",
        ["filename"] = "The track's file name, or its id.",
        ["set"] = "`two` or `six`.",
        ["format"] = "`mp3`, `wav`, `flac` or `opus`.",
        ["name"] = "The stem's name: `vocals`, `drums`, ….",
    };

    private static readonly JsonObject Examples = JsonNode.Parse(typeof(OperationDetails).Assembly.GetManifestResourceStream("Documents/examples.json")!)!.AsObject();

    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var name = metadata.OfType<OperationName>().Single().Value;
        var isHead = string.Equals(context.Description.HttpMethod, HttpMethods.Head, StringComparison.OrdinalIgnoreCase);
        operation.OperationId = isHead ? $"{name}Head" : name;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = PathParameters[parameter.Name!];
        }

        foreach (var query in metadata.OfType<QueryDoc>())
        {
            (operation.Parameters ??= []).Add(Parameter(query));
        }

        foreach (var header in metadata.OfType<HeaderDoc>())
        {
            (operation.Parameters ??= []).Add(Parameter(header));
        }

        if (metadata.OfType<BodyDoc>().SingleOrDefault() is { } body)
        {
            operation.RequestBody = await BodyAsync(body.Type, context, cancellationToken);
        }

        if (metadata.OfType<OpenToAll>().Any())
        {
            operation.Responses?.Remove("401");
            operation.Security = [];
        }

        AddExamples(operation, Examples[name]?.AsObject());
        foreach (var (status, response) in operation.Responses ?? [])
        {
            AddHeaders((OpenApiResponse)response, status);
            if (isHead)
            {
                // A head has no body.
                ((OpenApiResponse)response).Content?.Clear();
            }
        }
    }

    private static async Task<OpenApiRequestBody> BodyAsync(Type type, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var name = SchemaDetails.NameOf(type)!;
        context.Document!.AddComponent<IOpenApiSchema>(name, await context.GetOrCreateSchemaAsync(type, cancellationToken: ct));
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [OperationDocs.Json] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(name, context.Document) } },
        };
    }

    private static OpenApiParameter Parameter(QueryDoc query) => new()
    {
        Name = query.Name,
        In = ParameterLocation.Query,
        Description = query.Description,
        Schema = new OpenApiSchema
        {
            Type = query.Least is null ? JsonSchemaType.String : JsonSchemaType.Integer,
            Minimum = query.Least?.ToString(CultureInfo.InvariantCulture),
            Maximum = query.Least is null || query.Most == long.MaxValue ? null : query.Most?.ToString(CultureInfo.InvariantCulture),
            MaxLength = query.Least is null ? (int?)query.Most : null,
            Enum = query.Choices is { } choices ? [.. choices.Select(choice => JsonValue.Create(choice))] : null,
            Default = query.Otherwise is { } otherwise ? (query.Least is null ? JsonValue.Create(otherwise) : JsonNode.Parse(otherwise)) : null,
        },
    };

    private static OpenApiParameter Parameter(HeaderDoc header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Required = header.IsNeeded,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = header.MaxLength, Pattern = header.Pattern },
    };

    private static void AddExamples(OpenApiOperation operation, JsonObject? examples)
    {
        foreach (var (at, example) in examples ?? [])
        {
            var contents = at == "request" ? operation.RequestBody?.Content : operation.Responses?[at].Content;
            var content = contents?.Values.OfType<OpenApiMediaType>().Single() ?? throw new InvalidOperationException($"There is an example for {operation.OperationId} {at}, which has no body.");
            content.Example = example!.DeepClone();
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response.Content?.TryGetValue(OperationDocs.ProblemJson, out var content) == true && content is OpenApiMediaType problem)
            {
                problem.Example = Examples["problems"]![status]!.DeepClone();
            }
        }
    }

    private static void AddHeaders(OpenApiResponse response, string status)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["X-Request-ID"] = Header("The request's id: the caller's own, if it sent one of up to 128 letters, digits, `-`, `_`, `.`, `:`.");
        if (status == "401")
        {
            response.Headers["WWW-Authenticate"] = Header("`Bearer`, with `error=\"invalid_token\"` after a wrong token.");
        }

        if (status == "429")
        {
            response.Headers["Retry-After"] = Header("Seconds.");
        }

        if (status == "202")
        {
            response.Headers["Location"] = Header("Where it can be asked for.");
        }
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
