namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>How long to wait between attempts: twice as long each time, with jitter so that many waiting calls do not come back at once.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The wait after an attempt.</summary>
    /// <param name="attempt">1, 2, 3, …</param>
    /// <param name="asked">What the upstream asks to wait at least, or null.</param>
    public TimeSpan After(int attempt, TimeSpan? asked)
    {
        var full = First * Math.Pow(2, Math.Min(attempt - 1, 16));
        var wait = TimeSpan.FromMilliseconds(Math.Round((full < Longest ? full : Longest).TotalMilliseconds * (0.75 + (random.NextDouble() / 2))));
        return asked is { } least && least > wait ? least : wait;
    }
}
