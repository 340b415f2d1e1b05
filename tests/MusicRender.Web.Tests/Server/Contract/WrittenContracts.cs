using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MusicRender.Web.Tests.Server.Contract;

/// <summary>The contracts as they are written down in <c>docs/api</c>. Every answer and every message of every test is held against them.</summary>
internal static class WrittenContracts
{
    /// <summary>The folder of the written contracts.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "..", "docs", "api");

    /// <summary>The OpenAPI document.</summary>
    public static JsonElement OpenApi { get; } = Read("openapi.json");

    /// <summary>The AsyncAPI document.</summary>
    public static JsonElement AsyncApi { get; } = Read("asyncapi.json");

    /// <summary>Every operation.</summary>
    public static IReadOnlyList<Operation> Operations { get; } =
    [
        .. OpenApi.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method =>
            new Operation(method.Value.GetProperty("operationId").GetString()!, method.Name, path.Name, method.Value))),
    ];

    /// <summary>The operations that tests have called, with the statuses that they answered.</summary>
    public static ConcurrentDictionary<(string Operation, int Status), bool> Seen { get; } = [];

    /// <summary>Checks a message of the socket; what is wrong with it throws.</summary>
    public static void CheckMessage(JsonElement message)
    {
        var schema = message.Type() switch { "progress" => "ProgressMessage", "result" => "ResultMessage", "error" => "ErrorMessage", var other => throw new ContractException($"A message of type '{other}' is not in the AsyncAPI document.") };
        Expect(JsonSchema.At(AsyncApi, $"#/components/schemas/{schema}").Check(message), $"A {schema} does not keep to the AsyncAPI document", message);
    }

    /// <summary>Checks a value against a named schema of the OpenAPI document.</summary>
    public static void CheckValue(string schema, JsonElement value) =>
        Expect(JsonSchema.At(OpenApi, $"#/components/schemas/{schema}").Check(value), $"A {schema} does not keep to the OpenAPI document", value);

    /// <summary>Throws when something is wrong.</summary>
    public static void Expect(IReadOnlyList<string> wrong, string what, JsonElement value)
    {
        if (wrong.Count > 0)
        {
            throw new ContractException($"{what}: {string.Join("; ", wrong)}\n{value}");
        }
    }

    private static JsonElement Read(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path) ? JsonElement.Parse(File.ReadAllBytes(path)) : JsonElement.Parse("""{"paths":{}}"""u8);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>An operation of the OpenAPI document.</summary>
internal sealed record Operation(string Id, string Method, string Path, JsonElement Json)
{
    private readonly Regex _path = new($"^{Regex.Replace(Path, @"\{[a-z]+\}", "[^/]+")}$");

    public bool Is(HttpMethod method, string path) => string.Equals(method.Method, Method, StringComparison.OrdinalIgnoreCase) && _path.IsMatch(path);
}

/// <summary>Something went over the wire that the contract does not have.</summary>
public sealed class ContractException(string message) : Exception(message);
