using System.Collections;
using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>
/// JSON fields that MusicRender has no name for, in the order they came, so that a plan that passes through is the
/// plan that came in. Immutable; equal when names, order and JSON text are equal.
/// </summary>
public sealed class ExtraFields : IReadOnlyList<KeyValuePair<string, JsonElement>>, IEquatable<ExtraFields>
{
    /// <summary>No extra fields.</summary>
    public static readonly ExtraFields None = new([]);

    private readonly KeyValuePair<string, JsonElement>[] _fields;

    private ExtraFields(KeyValuePair<string, JsonElement>[] fields) => _fields = fields;

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, JsonElement> this[int index] => _fields[index];

    /// <summary>The value of a field, or null when there is none of that name.</summary>
    public JsonElement? this[string name]
    {
        get
        {
            foreach (var field in _fields)
            {
                if (field.Key == name)
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Makes a set of fields; the values are copied out of their documents.</summary>
    public static ExtraFields Of(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        var copies = fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Clone())).ToArray();
        return copies.Length == 0 ? None : new ExtraFields(copies);
    }

    /// <summary>These fields and one more; a field of that name is replaced in its place.</summary>
    public ExtraFields With(string name, JsonElement value)
    {
        var field = KeyValuePair.Create(name, value.Clone());
        var at = Array.FindIndex(_fields, existing => existing.Key == name);
        if (at < 0)
        {
            return new ExtraFields([.. _fields, field]);
        }

        var copy = _fields.ToArray();
        copy[at] = field;
        return new ExtraFields(copy);
    }

    /// <summary>These fields less one.</summary>
    public ExtraFields Without(string name) =>
        this[name] is null ? this : Of(_fields.Where(field => field.Key != name));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ExtraFields? other) =>
        other is not null
        && other.Count == Count
        && _fields.Zip(other._fields).All(pair =>
            pair.First.Key == pair.Second.Key && pair.First.Value.GetRawText() == pair.Second.Value.GetRawText());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExtraFields);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _fields.Aggregate(Count, (hash, field) => HashCode.Combine(hash, field.Key));
}
