using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Rendering;

/// <summary>Names one render, and the track it becomes: 32 lower-case hexadecimal digits.</summary>
[GenerateSerializer, Immutable]
public readonly record struct RenderId([property: Id(0)] string Value)
{
    /// <summary>The digits of a file name's end, from the random part of the id.</summary>
    [JsonIgnore]
    public string Short => Value[^8..];

    /// <summary>A new id: the time in front, so that ids sort by age, and 74 random bits.</summary>
    public static RenderId New(DateTimeOffset now) => new(Guid.CreateVersion7(now).ToString("N"));

    /// <summary>Reads an id; anything but 32 lower-case hexadecimal digits is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RenderId id)
    {
        if (text is { Length: 32 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            id = new RenderId(text);
            return true;
        }

        id = default;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
