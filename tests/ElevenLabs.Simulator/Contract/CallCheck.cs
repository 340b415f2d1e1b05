using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Contract;

/// <summary>Checks whole calls: query, body, and what stands in prose.</summary>
internal static class CallCheck
{
    /// <summary>What is wrong with a call; empty when nothing is.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="query">Its query.</param>
    /// <param name="body">Its body: JSON as it came, a form as an object; undefined when it could not be read.</param>
    public static List<Violation> Check(Operation operation, IQueryCollection query, JsonElement body)
    {
        var found = new List<Violation>();
        CheckQuery(operation, query, found);
        if (operation.Body is not { } schema)
        {
            return found;
        }

        if (body.ValueKind is JsonValueKind.Undefined)
        {
            found.Add(Location.Body.Says("missing", $"Field required: a body of type {operation.BodyType}"));
            return found;
        }

        schema.Check(body, Location.Body, found);
        switch (operation.Endpoint)
        {
            case Endpoints.Plan:
                ProseRules.CheckPlanning(body, found);
                break;
            case Endpoints.Detailed or Endpoints.Stream:
                ProseRules.CheckComposition(body, query["output_format"].FirstOrDefault() ?? "auto", found);
                break;
        }

        return found;
    }

    /// <summary>A form's fields as JSON, by the types that the document gives them. A file is a string.</summary>
    public static JsonElement FromForm(IFormCollection form, Schema schema)
    {
        var body = new JsonObject();
        foreach (var (name, values) in form)
        {
            // The document's forms are flat, with booleans and strings in them.
            body[name] = values.Count == 1 && bool.TryParse(values[0], out var flag) ? JsonValue.Create(flag) : JsonValue.Create(values.ToString());
        }

        foreach (var file in form.Files)
        {
            body[file.Name] = file.FileName;
        }

        // A file's field filled with text is no file.
        foreach (var name in schema.Names.Where(name => name == "file" && form.Files.GetFile(name) is null))
        {
            body.Remove(name);
        }

        return JsonSerializer.SerializeToElement(body);
    }

    private static void CheckQuery(Operation operation, IQueryCollection query, List<Violation> found)
    {
        foreach (var (name, values) in query)
        {
            var at = Location.Query.At(name);
            if (operation.Query.FirstOrDefault(one => one.Name == name) is not { } parameter)
            {
                found.Add(at.Says("extra_forbidden", "Extra inputs are not permitted"));
            }
            else if (values.Count != 1)
            {
                found.Add(at.Says("value_error", "Value error, given more than once"));
            }
            else
            {
                parameter.Schema.Check(FromText(values.ToString(), parameter.Schema), at, found);
            }
        }

        foreach (var parameter in operation.Query.Where(parameter => parameter.IsRequired && !query.ContainsKey(parameter.Name)))
        {
            found.Add(Location.Query.At(parameter.Name).Says("missing", "Field required"));
        }
    }

    private static JsonElement FromText(string text, Schema schema) =>
        schema.Takes("integer") && long.TryParse(text, out var number) ? JsonSerializer.SerializeToElement(number) : JsonSerializer.SerializeToElement(text);
}
