namespace MusicRender.Engine.Rendering;

/// <summary>A client's name for its request: what comes again with the same one is the same request.</summary>
public static class IdempotencyKey
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 255;

    /// <summary>What is told of a text that is none.</summary>
    public const string Rule = "must be 1 to 255 visible ASCII characters";

    /// <summary>True for 1 to 255 visible ASCII characters, no spaces among them.</summary>
    public static bool IsOne(string text) => text.Length is > 0 and <= MaxLength && text.All(c => c is >= '!' and <= '~');
}
