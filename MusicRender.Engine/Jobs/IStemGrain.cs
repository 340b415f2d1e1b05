namespace MusicRender.Engine.Jobs;

/// <summary>One set of one track's stems; the key is <c>{track}/{set}</c>.</summary>
[Alias("MusicRender.Stems")]
internal interface IStemGrain : IGrainWithStringKey
{
    /// <summary>Starts, unless it is under way or done; null for an unknown track.</summary>
    [Alias("Start")]
    Task<StemStart?> StartAsync();

    /// <summary>Where it stands, live, to the end. Nothing when it was never started.</summary>
    [Alias("Watch")]
    IAsyncEnumerable<StemStatus> WatchAsync(CancellationToken ct = default);

    /// <summary>Where it stands; null when it was never started.</summary>
    [Alias("Find")]
    Task<StemStatus?> FindAsync();

    /// <summary>The grain's word to itself that the work has ended and the activation may go.</summary>
    [Alias("Ended")]
    Task EndedAsync();
}
