using System.Globalization;
using System.Text.Json;

namespace ElevenLabs.Simulator.Contract;

/// <summary>
/// One schema of the OpenAPI document, ready to check values against: the part of JSON Schema 2020-12 that the document
/// uses. A keyword that is not known here is refused when the document is read, so nothing in it is passed over.
/// </summary>
/// <remarks>
/// The libraries of the feed do not do: NJsonSchema reads draft 4 (no <c>const</c>, 30000.0 is no integer, lengths in
/// UTF-16 units), JsonSchema.Net asks for a maintenance fee.
/// </remarks>
internal sealed class Schema
{
    private static readonly HashSet<string> Annotations = ["description", "default", "deprecated", "format"];

    private readonly SchemaBook _book;
    private readonly string? _reference;
    private readonly string? _type;
    private readonly List<JsonElement> _allowed = [];
    private readonly Dictionary<string, Schema>? _properties;
    private readonly List<string> _required = [];
    private readonly Schema? _items;
    private readonly List<Schema> _anyOf = [];
    private readonly List<Schema> _oneOf = [];
    private readonly double? _minimum;
    private readonly double? _maximum;
    private readonly double? _above;
    private readonly int _minLength;
    private readonly int _maxLength = int.MaxValue;
    private readonly int _maxItems = int.MaxValue;

    public Schema(SchemaBook book, JsonElement source)
    {
        _book = book;
        foreach (var keyword in source.EnumerateObject())
        {
            var value = keyword.Value;
            switch (keyword.Name)
            {
                case "$ref": _reference = value.GetString()!; break;
                case "type": _type = value.GetString(); break;
                case "enum": _allowed.AddRange(value.EnumerateArray()); break;
                case "const": _allowed.Add(value); break;
                case "properties": _properties = value.EnumerateObject().ToDictionary(property => property.Name, property => new Schema(book, property.Value)); break;
                case "required": _required.AddRange(value.EnumerateArray().Select(name => name.GetString()!)); break;
                case "items": _items = new Schema(book, value); break;
                case "anyOf": _anyOf.AddRange(value.EnumerateArray().Select(one => new Schema(book, one))); break;
                case "oneOf": _oneOf.AddRange(value.EnumerateArray().Select(one => new Schema(book, one))); break;
                case "minimum": _minimum = value.GetDouble(); break;
                case "maximum": _maximum = value.GetDouble(); break;
                case "exclusiveMinimum": _above = value.GetDouble(); break;
                case "minLength": _minLength = value.GetInt32(); break;
                case "maxLength": _maxLength = value.GetInt32(); break;
                case "maxItems": _maxItems = value.GetInt32(); break;
                default:
                    if (!Annotations.Contains(keyword.Name))
                    {
                        throw new NotSupportedException($"The contract uses the keyword '{keyword.Name}', which is not checked.");
                    }

                    break;
            }
        }
    }

    /// <summary>The names of an object's fields; empty for anything else.</summary>
    public IEnumerable<string> Names => Target._properties?.Keys ?? Enumerable.Empty<string>();

    private Schema Target => _reference is null ? this : _book.Find(_reference);

    /// <summary>True when a value of this type may stand here.</summary>
    public bool Takes(string type) => Target._type == type || Target._anyOf.Concat(Target._oneOf).Any(one => one.Takes(type));

    /// <summary>Adds what is wrong with a value. Objects are closed: a field that the document does not name is most likely a slip of the pen.</summary>
    public void Check(JsonElement value, Location at, List<Violation> found)
    {
        if (_reference is not null)
        {
            Target.Check(value, at, found);
        }

        if (_type is not null && !IsOfType(value, _type))
        {
            found.Add(at.Says($"{_type}_type", $"Input should be a valid {_type}"));
            return;
        }

        if (_allowed.Count > 0 && !_allowed.Exists(one => JsonElement.DeepEquals(one, value)))
        {
            found.Add(at.Says("enum", $"Input should be {string.Join(" or ", _allowed.Select(one => $"'{one}'"))}"));
        }

        CheckNumber(value, at, found);
        CheckString(value, at, found);
        CheckList(value, at, found);
        CheckObject(value, at, found);
        CheckChoice(_anyOf, value, at, found);
        CheckChoice(_oneOf, value, at, found);
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "number" => value.ValueKind is JsonValueKind.Number,
        // 30000.0 is an integer to JSON Schema, and to the upstream.
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        _ => throw new NotSupportedException($"The contract uses the type '{type}', which is not checked."),
    };

    private void CheckNumber(JsonElement value, Location at, List<Violation> found)
    {
        if (value.ValueKind is not JsonValueKind.Number)
        {
            return;
        }

        var number = value.GetDouble();
        if (number < _minimum)
        {
            found.Add(at.Says("greater_than_equal", string.Create(CultureInfo.InvariantCulture, $"Input should be greater than or equal to {_minimum}")));
        }

        if (number > _maximum)
        {
            found.Add(at.Says("less_than_equal", string.Create(CultureInfo.InvariantCulture, $"Input should be less than or equal to {_maximum}")));
        }

        if (number <= _above)
        {
            found.Add(at.Says("greater_than", string.Create(CultureInfo.InvariantCulture, $"Input should be greater than {_above}")));
        }
    }

    private void CheckString(JsonElement value, Location at, List<Violation> found)
    {
        if (value.ValueKind is not JsonValueKind.String || (_minLength == 0 && _maxLength == int.MaxValue))
        {
            return;
        }

        // Characters are code points, in JSON Schema and in the upstream's Python.
        var length = value.GetString()!.EnumerateRunes().Count();
        if (length < _minLength)
        {
            found.Add(at.Says("string_too_short", $"String should have at least {_minLength} characters"));
        }

        if (length > _maxLength)
        {
            found.Add(at.Says("string_too_long", $"String should have at most {_maxLength} characters"));
        }
    }

    private void CheckList(JsonElement value, Location at, List<Violation> found)
    {
        if (value.ValueKind is not JsonValueKind.Array)
        {
            return;
        }

        var length = value.GetArrayLength();
        if (length > _maxItems)
        {
            found.Add(at.Says("too_long", $"List should have at most {_maxItems} items after validation, not {length}"));
        }

        if (_items is not null)
        {
            var place = 0;
            foreach (var item in value.EnumerateArray())
            {
                _items.Check(item, at.At(place++), found);
            }
        }
    }

    private void CheckObject(JsonElement value, Location at, List<Violation> found)
    {
        if (_properties is null || value.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (_properties.TryGetValue(property.Name, out var schema))
            {
                schema.Check(property.Value, at.At(property.Name), found);
            }
            else
            {
                found.Add(at.At(property.Name).Says("extra_forbidden", "Extra inputs are not permitted"));
            }
        }

        foreach (var name in _required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                found.Add(at.At(name).Says("missing", "Field required"));
            }
        }
    }

    /// <summary>One of several must fit. Objects are closed, so two that differ never both fit; what is told is what the nearest one says.</summary>
    private static void CheckChoice(List<Schema> choices, JsonElement value, Location at, List<Violation> found)
    {
        if (choices.Count == 0)
        {
            return;
        }

        List<Violation>? nearest = null;
        var nearness = int.MinValue;
        foreach (var choice in choices)
        {
            var says = new List<Violation>();
            choice.Check(value, at, says);
            if (says.Count == 0)
            {
                return;
            }

            var near = choice.NearnessTo(value, says.Count);
            if (near > nearness)
            {
                (nearest, nearness) = (says, near);
            }
        }

        found.AddRange(nearest!);
    }

    private int NearnessTo(JsonElement value, int complaints)
    {
        if (_oneOf.Count + _anyOf.Count > 0)
        {
            return _oneOf.Concat(_anyOf).Max(choice => choice.NearnessTo(value, complaints));
        }

        if (Target._type is { } type && !IsOfType(value, type))
        {
            return type == "null" ? -2_000_000 : -1_000_000;
        }

        var known = value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().Count(property => Target._properties?.ContainsKey(property.Name) == true) : 0;
        return (known * 1_000) - complaints;
    }
}
