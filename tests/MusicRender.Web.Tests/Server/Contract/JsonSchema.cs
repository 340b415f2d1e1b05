using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MusicRender.Web.Tests.Server.Contract;

/// <summary>
/// One schema of our contracts, ready to check values against: the part of JSON Schema 2020-12 that they use. A keyword that
/// is not known here is refused when the schema is read, so nothing in it is passed over.
/// </summary>
/// <remarks>The libraries of the feed do not do: NJsonSchema reads draft 4, JsonSchema.Net asks for a maintenance fee.</remarks>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "description", "default", "format"];
    private static readonly HashSet<string> Checked =
    [
        "$ref", "type", "enum", "const", "required", "properties", "additionalProperties", "items", "anyOf", "oneOf",
        "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "minItems", "maxItems", "pattern",
    ];

    private readonly JsonElement _schema;
    private readonly JsonElement _document;

    /// <summary>Reads a schema of a document, which references lead into.</summary>
    public JsonSchema(JsonElement schema, JsonElement document)
    {
        _schema = schema;
        _document = document;
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Checked.Contains(keyword.Name) && !Annotations.Contains(keyword.Name)))
        {
            throw new NotSupportedException($"The contract uses the keyword '{keyword.Name}', which is not checked.");
        }
    }

    /// <summary>The schema that a reference such as <c>#/components/schemas/Track</c> leads to.</summary>
    public static JsonSchema At(JsonElement document, string reference) =>
        new(reference.TrimStart('#', '/').Split('/').Aggregate(document, (json, part) => json.GetProperty(part)), document);

    /// <summary>What is wrong with a value; empty when nothing is. Objects are closed unless they say otherwise: a field that the contract does not name is most likely a slip of the pen.</summary>
    public IReadOnlyList<string> Check(JsonElement value, string at = "$")
    {
        var wrong = new List<string>();
        if (Get("$ref") is { } reference)
        {
            wrong.AddRange(At(_document, reference.GetString()!).Check(value, at));
        }

        if (Get("type") is { } type && !TypesOf(type).Any(one => IsOfType(value, one)))
        {
            wrong.Add($"{at} must be {type}, but is {Shown(value)}");
            return wrong;
        }

        if ((Get("enum") is { } allowed && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))) || (Get("const") is { } constant && !JsonElement.DeepEquals(constant, value)))
        {
            wrong.Add($"{at} must not be {Shown(value)}");
        }

        CheckNumber(value, at, wrong);
        CheckText(value, at, wrong);
        CheckList(value, at, wrong);
        CheckObject(value, at, wrong);
        CheckChoice("anyOf", value, at, wrong);
        CheckChoice("oneOf", value, at, wrong);
        return wrong;
    }

    private static IEnumerable<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        _ => throw new NotSupportedException($"The contract uses the type '{type}', which is not checked."),
    };

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private JsonElement? Get(string keyword) => _schema.TryGetProperty(keyword, out var value) ? value : null;

    private JsonSchema Of(JsonElement schema) => new(schema, _document);

    private void CheckNumber(JsonElement value, string at, List<string> wrong)
    {
        if (value.ValueKind == JsonValueKind.Number
            && (value.GetDouble() < Get("minimum")?.GetDouble() || value.GetDouble() > Get("maximum")?.GetDouble() || value.GetDouble() <= Get("exclusiveMinimum")?.GetDouble()))
        {
            wrong.Add($"{at} is out of its range: {Shown(value)}");
        }
    }

    private void CheckText(JsonElement value, string at, List<string> wrong)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var text = value.GetString()!;
        if (text.Length < Get("minLength")?.GetInt32() || text.Length > Get("maxLength")?.GetInt32())
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{at} must not have {text.Length} characters"));
        }

        if (Get("pattern") is { } pattern && !Regex.IsMatch(text, pattern.GetString()!))
        {
            wrong.Add($"{at} must match {pattern}, but is {Shown(value)}");
        }

        if (Get("format")?.GetString() == "date-time" && !Regex.IsMatch(text, JsonFields.Time))
        {
            wrong.Add($"{at} must be a time in UTC, but is {Shown(value)}");
        }
    }

    private void CheckList(JsonElement value, string at, List<string> wrong)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        if (value.GetArrayLength() < Get("minItems")?.GetInt32() || value.GetArrayLength() > Get("maxItems")?.GetInt32())
        {
            wrong.Add($"{at} must not have {value.GetArrayLength()} items");
        }

        if (Get("items") is { } items)
        {
            wrong.AddRange(value.EnumerateArray().SelectMany((item, index) => Of(items).Check(item, $"{at}[{index}]")));
        }
    }

    private void CheckObject(JsonElement value, string at, List<string> wrong)
    {
        if (value.ValueKind != JsonValueKind.Object || (Get("properties") ?? Get("additionalProperties")) is null)
        {
            return;
        }

        var more = Get("additionalProperties");
        foreach (var field in value.EnumerateObject())
        {
            if (Get("properties") is { } properties && properties.TryGetProperty(field.Name, out var schema))
            {
                wrong.AddRange(Of(schema).Check(field.Value, $"{at}.{field.Name}"));
            }
            else if (more is { ValueKind: JsonValueKind.Object } other)
            {
                wrong.AddRange(Of(other).Check(field.Value, $"{at}.{field.Name}"));
            }
            else if (more is not { ValueKind: JsonValueKind.True })
            {
                wrong.Add($"{at}.{field.Name} is not in the contract");
            }
        }

        wrong.AddRange((Get("required")?.EnumerateArray().Select(name => name.GetString()!) ?? []).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing"));
    }

    private void CheckChoice(string keyword, JsonElement value, string at, List<string> wrong)
    {
        if (Get(keyword) is not { } choices)
        {
            return;
        }

        var verdicts = choices.EnumerateArray().Select(choice => Of(choice).Check(value, at)).ToList();
        var fitting = verdicts.Count(verdict => verdict.Count == 0);
        if (fitting == 0)
        {
            wrong.AddRange(verdicts.MinBy(verdict => verdict.Count)!);
        }
        else if (fitting > 1 && keyword == "oneOf")
        {
            wrong.Add($"{at} fits {fitting} of the choices at once");
        }
    }
}
