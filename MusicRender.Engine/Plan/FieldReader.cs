using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>Reads typed fields of JSON objects and gathers what is wrong with them, each with its path.</summary>
internal sealed class FieldReader
{
    private readonly List<PlanProblem> _problems = [];
    private int _untold;

    /// <summary>Everything found so far; the last tells how many more there are.</summary>
    public IReadOnlyList<PlanProblem> Problems =>
        _untold == 0 ? _problems : [.. _problems, new PlanProblem("", $"has {_untold} more problems")];

    /// <summary>True when the object has the field and it is not null.</summary>
    public static bool Has(JsonElement json, string name) =>
        TryGet(json, name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A field of an object, the last of its name; names that are not Unicode text are passed over.</summary>
    public static bool TryGet(JsonElement json, string name, out JsonElement value)
    {
        try
        {
            return json.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            // It looked at a name that holds half of a surrogate pair.
            value = default;
            var isFound = false;
            foreach (var property in json.EnumerateObject())
            {
                if (TryName(property, out var other) && other == name)
                {
                    (value, isFound) = (property.Value, true);
                }
            }

            return isFound;
        }
    }

    public static string NameOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    public void Problem(string path, string message)
    {
        if (_problems.Count < PlanReader.MaxProblems)
        {
            _problems.Add(new PlanProblem(path, message));
        }
        else
        {
            _untold++;
        }
    }

    /// <summary>Adds broken limits, but for those of fields that could not be read in the first place.</summary>
    public void AddLimits(IReadOnlyList<PlanProblem> limits, string prefix)
    {
        var unread = _problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var limit in limits)
        {
            var path = prefix + limit.Path;
            if (!IsIn(path))
            {
                Problem(path, limit.Message);
            }
        }

        bool IsIn(string path) =>
            unread.Contains(path) || unread.Any(other => path.StartsWith(other, StringComparison.Ordinal) && other.Length > 0 && path[other.Length] is '.' or '[');
    }

    /// <summary>Looks through a whole value, known fields or not, for duplicate keys, text that is not Unicode and too deep nesting; the value of one field may be left out.</summary>
    public void CheckWhole(JsonElement json, string path = "", string? except = null, int depth = 1)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth > PlanLimits.MaxDepth:
                Problem(path, $"is nested too deeply: a plan has at most {PlanLimits.MaxDepth} levels");
                break;
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in json.EnumerateObject())
                {
                    if (!TryName(property, out var name))
                    {
                        Problem(path, "has a field whose name is not Unicode text: it holds half of a surrogate pair");
                        continue;
                    }

                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (!names.Add(name))
                    {
                        Problem(at, "must be there only once");
                    }

                    if (name != except)
                    {
                        CheckWhole(property.Value, at, depth: depth + 1);
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    CheckWhole(item, $"{path}[{index++}]", depth: depth + 1);
                }

                break;
            case JsonValueKind.String when !TryText(json, out _):
                Problem(path, "is not Unicode text: it holds half of a surrogate pair");
                break;
        }
    }

    /// <summary>The fields whose names are not in a list of known ones.</summary>
    public static ExtraFields Extra(JsonElement json, params ReadOnlySpan<string> known)
    {
        List<KeyValuePair<string, JsonElement>>? extra = null;
        foreach (var property in json.EnumerateObject())
        {
            if (TryName(property, out var name) && !known.Contains(name))
            {
                (extra ??= []).Add(KeyValuePair.Create(name, property.Value));
            }
        }

        return extra is null ? ExtraFields.None : ExtraFields.Of(extra);
    }

    /// <summary>Text, or null when the field is missing, null or no text.</summary>
    public string? Text(JsonElement json, string path, string name)
    {
        if (!TryGet(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            // Half a surrogate pair was told by CheckWhole already.
            return TryText(value, out var text) ? text : null;
        }

        Problem(path + name, $"must be text, but is {NameOf(value)}");
        return null;
    }

    /// <summary>True or false, or null when the field is missing, null or something else.</summary>
    public bool? Flag(JsonElement json, string path, string name)
    {
        if (!TryGet(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Problem(path + name, $"must be true or false, but is {NameOf(value)}");
        return null;
    }

    /// <summary>A whole number, or null when the field is missing, null or something else. <c>30000.0</c> is a whole number.</summary>
    public int? Whole(JsonElement json, string path, string name)
    {
        if (!TryGet(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Problem(path + name, $"must be a whole number, but is {NameOf(value)}");
        }
        else if (value.TryGetInt32(out var whole))
        {
            return whole;
        }
        else if (!value.TryGetDouble(out var number) || !double.IsInteger(number))
        {
            Problem(path + name, $"must be a whole number, but is {Shown(value)}");
        }
        else if (Math.Abs(number) > int.MaxValue)
        {
            Problem(path + name, $"is too large: {Shown(value)}");
        }
        else
        {
            return (int)number;
        }

        return null;
    }

    /// <summary>A number above one bound and up to another, or null when the field is missing, null or something else.</summary>
    public double? Number(JsonElement json, string path, string name, double above, double most)
    {
        if (!TryGet(json, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > above && number <= most)
        {
            return number;
        }

        Problem(path + name, FormattableString.Invariant($"must be a number above {above}, at most {most}, but is {(value.ValueKind == JsonValueKind.Number ? Shown(value) : NameOf(value))}"));
        return null;
    }

    /// <summary>A list of texts; empty when the field is missing.</summary>
    public IReadOnlyList<string> Texts(JsonElement json, string path, string name)
    {
        if (!TryGet(json, name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Problem(path + name, $"must be a list of text, but is {NameOf(value)}");
            return [];
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                Problem($"{path}{name}[{texts.Count}]", $"must be text, but is {NameOf(item)}");
            }

            texts.Add(item.ValueKind == JsonValueKind.String && TryText(item, out var text) ? text : "");
        }

        return texts;
    }

    private static string Shown(JsonElement number)
    {
        var raw = number.GetRawText();
        return raw.Length <= 24 ? raw : raw[..24] + "…";
    }

    private static bool TryText(JsonElement json, out string text)
    {
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
