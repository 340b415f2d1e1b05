namespace MusicRender.Engine.Jobs;

/// <summary>How many renders may wait: configuration section <c>MusicRender:Queue</c>. Those that run do not count.</summary>
public sealed class QueueOptions
{
    /// <summary>The largest number of either.</summary>
    public const int Most = 1_000_000;

    /// <summary>How many may wait for one generator.</summary>
    public int MaxWaiting { get; set; } = 500;

    /// <summary>How many of them may be of one client.</summary>
    public int MaxWaitingPerClient { get; set; } = 100;
}
