namespace MusicRender.Benchmarks.Socket;

/// <summary>The plan that all loads ask for.</summary>
internal static class LoadPlan
{
    private const int LongestSectionMs = 120_000;

    /// <summary>Wanted everywhere.</summary>
    public static readonly string[] Styles = ["indie folk", "warm piano", "steady drums", "96 bpm"];

    /// <summary>Unwanted everywhere.</summary>
    public static readonly string[] Unwanted = ["distortion"];

    /// <summary>Sung in each section.</summary>
    public static readonly string[] Lines = ["The boats come in before the town wakes up", "And every rope still knows its ring"];

    /// <summary>As few sections as the limit of their length allows, all as long as each other.</summary>
    public static IEnumerable<(string Name, int DurationMs)> Sections(int durationMs)
    {
        var count = Math.Max(1, (durationMs + LongestSectionMs - 1) / LongestSectionMs);
        return Enumerable.Range(1, count).Select(number => ($"Verse {number}", durationMs / count));
    }
}
