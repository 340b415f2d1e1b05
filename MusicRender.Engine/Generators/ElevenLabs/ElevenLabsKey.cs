namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// The key in use, in memory only. Every call reads it anew, so a key that is entered or removed counts at once. It is
/// no record and has no property of its text: nothing that prints objects can print it.
/// </summary>
public sealed class ElevenLabsKey
{
    private volatile string? _key;

    /// <summary>True when there is one.</summary>
    public bool IsThere => _key is not null;

    /// <summary>Takes a key, or none.</summary>
    public void Use(string? key) => _key = string.IsNullOrWhiteSpace(key) ? null : key.Trim();

    /// <summary>The key, for the header of a call; null when there is none.</summary>
    internal string? Reveal() => _key;

    /// <inheritdoc/>
    public override string ToString() => IsThere ? "a key" : "no key";
}
