namespace MusicRender.Web.Access;

/// <summary>How much may be asked at once: configuration section <c>MusicRender:Limits</c>. What holds for a minute holds for each address, and may be used up at once.</summary>
public sealed class LimitOptions
{
    /// <summary>The largest number of any of them.</summary>
    public const int Most = 1_000_000;

    /// <summary>Requests of any kind. A page of the studio that nobody has seen before takes about thirty.</summary>
    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests that start work: renders, sockets, plans, stems.</summary>
    public int RendersPerMinute { get; set; } = 60;

    /// <summary>Wrong tokens. Holds for loopback too, where a proxy may be that nobody has told us of.</summary>
    public int WrongTokensPerMinute { get; set; } = 10;

    /// <summary>Connections of all clients together, sockets and pages among them. One more is closed at once.</summary>
    public int Connections { get; set; } = 20_000;

    /// <summary>The keys of numbers that make no sense.</summary>
    internal IEnumerable<string> Wrong() =>
        new[] { (nameof(RequestsPerMinute), RequestsPerMinute), (nameof(RendersPerMinute), RendersPerMinute), (nameof(WrongTokensPerMinute), WrongTokensPerMinute), (nameof(Connections), Connections) }
            .Where(entry => entry.Item2 is < 1 or > Most)
            .Select(entry => $"MusicRender:Limits:{entry.Item1} must be 1 to {Most}.");
}
