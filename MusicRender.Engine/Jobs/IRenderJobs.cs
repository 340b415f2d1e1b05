using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The one way to render. Wizard, socket and REST all go through here.</summary>
public interface IRenderJobs
{
    /// <summary>
    /// Checks the request, enters it in the catalogue and starts it. Returns when it is on disk; the render goes on by
    /// itself. A request that cannot be accepted (bad plan, unknown generator, catalogue not writable) comes back as
    /// its failure and leaves nothing behind. So does one for which there is no room in line (<c>queue_full</c>). The same
    /// request with the same idempotency key gives the same render for a day.
    /// </summary>
    Task<RenderStart> StartAsync(RenderRequest request, CancellationToken ct);

    /// <summary>
    /// The log of a render: every event after a sequence number (0 for all), then the live ones as they come, ending
    /// with the terminal event. Ends at once, with nothing, for an id that never was.
    /// </summary>
    IAsyncEnumerable<RenderEvent> WatchAsync(RenderId id, long after, CancellationToken ct);

    /// <summary>
    /// The sound of a render from its beginning and on as more is made, until it ends, wherever it is made. Nothing when none is being
    /// made: watch the render to learn why. Breaks off with an exception when the node that makes it does not answer any more.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ListenAsync(RenderId id, CancellationToken ct);

    /// <summary>Asks a render to stop. Nothing happens when it has ended or never was.</summary>
    Task CancelAsync(RenderId id, CancellationToken ct);

    /// <summary>Where a render stands, or null for an id that never was.</summary>
    Task<RenderStatus?> FindAsync(RenderId id, CancellationToken ct);

    /// <summary>The render of an idempotency key that is still remembered, or null.</summary>
    Task<RenderId?> OfKeyAsync(string idempotencyKey, CancellationToken ct);

    /// <summary>
    /// Makes a track of what arrived of a paid render that did not come to its end: with tags, waveform and the plan, as
    /// any other. Asking again gives the same track.
    /// </summary>
    Task<KeptTake> KeepTakeAsync(RenderId id, CancellationToken ct);

    /// <summary>The renders that ended with a partial take that nobody has kept, newest first.</summary>
    Task<IReadOnlyList<RenderStatus>> UnkeptTakesAsync(CancellationToken ct);

    /// <summary>The renders that wait or run, oldest first.</summary>
    Task<IReadOnlyList<RenderStatus>> UnderWayAsync(CancellationToken ct);

    /// <summary>How many renders wait or run. Costs one look into the catalogue, however many they are.</summary>
    Task<int> CountUnderWayAsync(CancellationToken ct);

    /// <summary>A page of all renders there are, newest first.</summary>
    /// <param name="state">Those in one state; null for all.</param>
    /// <param name="page">1, 2, ….</param>
    /// <param name="pageSize">How many are on a page.</param>
    /// <param name="ct">Gives up.</param>
    Task<RenderPage> ListAsync(RenderState? state, int page, int pageSize, CancellationToken ct);

    /// <summary>The renders that ended last, the last first.</summary>
    Task<IReadOnlyList<RenderStatus>> EndedAsync(int most, CancellationToken ct);

    /// <summary>Asks once more for what a render was asked for: the same plan, options and seed, by the same generator.</summary>
    /// <returns>The new render, or why it was not accepted; null for an id that never was.</returns>
    Task<RenderStart?> RetryAsync(RenderId id, string? client, CancellationToken ct);

    /// <summary>The generators that requests may name now, the default first. A key that is entered or removed changes them.</summary>
    IReadOnlyList<GeneratorInfo> Generators { get; }

    /// <summary>What a generator understands of a plan before it renders it, a few words each; nothing when it does not say.</summary>
    /// <param name="generator">Its name.</param>
    /// <param name="plan">The plan, valid or not.</param>
    /// <param name="seed">The seed, or null when it is not known yet.</param>
    IReadOnlyList<string> Understand(string generator, CompositionPlan plan, int? seed);

    /// <summary>What a generator will not play quite as a plan says; nothing when it does not say.</summary>
    /// <param name="generator">Its name.</param>
    /// <param name="plan">The plan, valid or not.</param>
    /// <param name="modelId">The model wanted, or null for the generator's own choice.</param>
    IReadOnlyList<PlanRemark> RemarksOn(string generator, CompositionPlan plan, string? modelId) => [];
}

/// <summary>A page of renders.</summary>
/// <param name="Renders">Newest first.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record RenderPage(IReadOnlyList<RenderStatus> Renders, int Total);

/// <summary>A generator as users see it.</summary>
/// <param name="Name">As in requests: "sketch".</param>
/// <param name="DisplayName">As on pages: "Sketch".</param>
/// <param name="IsLocal">True when it runs here and costs nothing.</param>
/// <param name="OutputFormats">What it can give, the default first.</param>
public sealed record GeneratorInfo(string Name, string DisplayName, bool IsLocal, IReadOnlyList<string> OutputFormats)
{
    /// <summary>What it costs, as far as known; null when it costs nothing.</summary>
    public GeneratorPrice? Price { get; init; }

    /// <summary>True when it takes custom style models.</summary>
    public bool TakesFinetunes { get; init; }
}

/// <summary>The answer to a request: an id, or why not.</summary>
public readonly record struct RenderStart
{
    private RenderStart(RenderId id, RenderFailure? failure)
    {
        Id = id;
        Failure = failure;
    }

    /// <summary>The render; meaningless when there is a failure.</summary>
    public RenderId Id { get; }

    /// <summary>Why the request was not accepted, or null.</summary>
    public RenderFailure? Failure { get; }

    /// <summary>Accepted.</summary>
    public static RenderStart Accepted(RenderId id) => new(id, null);

    /// <summary>Not accepted.</summary>
    public static RenderStart Refused(RenderFailure failure) => new(default, failure);
}

/// <summary>What came of the wish to keep a partial take: a track, or why not; neither for an id that never was.</summary>
/// <param name="Track">The track.</param>
/// <param name="Failure">Why there is none: nothing arrived, or the library failed.</param>
[GenerateSerializer, Immutable]
public sealed record KeptTake([property: Id(0)] Track? Track, [property: Id(1)] RenderFailure? Failure);
