using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>One render; the key is its id.</summary>
[Alias("MusicRender.Render")]
internal interface IRenderGrain : IGrainWithStringKey
{
    /// <summary>Enters the render in the catalogue and starts it. Null when that is done; else why it could not be accepted.</summary>
    /// <param name="generator">The generator's name.</param>
    /// <param name="request">Valid, with its seed chosen.</param>
    /// <param name="requestHash">What tells its request from others with its idempotency key; null without a key.</param>
    [Alias("Start")]
    Task<RenderFailure?> StartAsync(string generator, RenderRequest request, string? requestHash);

    /// <summary>The log after a number, then live, to the terminal event. Nothing for a render that never was.</summary>
    [Alias("Watch")]
    IAsyncEnumerable<RenderEvent> WatchAsync(long after, CancellationToken ct = default);

    /// <summary>
    /// The sound that is being made, from its beginning and on as more is made, until it ends. Nothing when none is being made where
    /// this render runs.
    /// </summary>
    [Alias("Listen")]
    IAsyncEnumerable<byte[]> ListenAsync(CancellationToken ct = default);

    /// <summary>Asks it to stop.</summary>
    [Alias("Cancel")]
    Task CancelAsync();

    /// <summary>Where it stands; null for a render that never was.</summary>
    [Alias("Find")]
    Task<RenderStatus?> FindAsync();

    /// <summary>Makes a track of what arrived; neither track nor failure for a render that never was.</summary>
    [Alias("Keep")]
    Task<KeptTake> KeepAsync();

    /// <summary>Takes the render up, when nobody has since. Nothing happens when it runs here, or has ended.</summary>
    /// <param name="seen">Its epoch when it was found without a node that runs it.</param>
    [Alias("TakeUp")]
    Task TakeUpAsync(long seen);
}
