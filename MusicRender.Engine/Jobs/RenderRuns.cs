using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// The renders that run in this very process, whatever becomes of the grains that started them. Whoever watches one here reads its
/// log without asking its grain.
/// </summary>
internal sealed class RenderRuns(
    RenderPipeline pipeline,
    AbandonedTakes abandoned,
    RenderRecords records,
    PartialTakes takes,
    GeneratorCatalogue generators,
    ElevenLabsAccount account,
    RenderHistory history,
    INodeLease lease,
    IOptions<ShutdownOptions> options,
    TimeProvider time,
    ILogger<RenderRunner> logger) : IDisposable
{
    private readonly ConcurrentDictionary<RenderId, RenderRunner> _runs = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _impatient = new();

    /// <summary>What a server says that takes no renders any more.</summary>
    public static RenderFailure Stopping => RenderFailure.Server("The server is stopping. Send it again in a moment.", "interrupted");

    /// <summary>True while renders that nobody runs may be taken up here: the server does not stop, and its lease is held.</summary>
    public bool MayTakeUp => !IsStopping && lease.IsHeld;

    /// <summary>All that run here.</summary>
    public IReadOnlyCollection<RenderRunner> All => [.. _runs.Values];

    /// <summary>True as soon as the server stops: nothing is begun any more.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled when the server begins to stop.</summary>
    public CancellationToken Stops => _stopping.Token;

    /// <summary>This process, as the catalogue knows it.</summary>
    public string Node => lease.NodeId;

    /// <summary>True while a render runs here.</summary>
    public bool Has(RenderId id) => _runs.ContainsKey(id);

    /// <summary>A render that runs here.</summary>
    public bool TryGet(RenderId id, [NotNullWhen(true)] out RenderRunner? run) => _runs.TryGetValue(id, out run);

    /// <summary>The right to run a render in an epoch. Make it before the catalogue is asked for it.</summary>
    public RenderHold Hold(RenderId id, long epoch) => new(id, epoch, lease, records, time, logger);

    /// <summary>Begins to run a render that the catalogue has given to this process.</summary>
    /// <param name="render">The render.</param>
    /// <param name="hold">The right to it.</param>
    /// <param name="log">Its log as far as it goes; the run goes on from there.</param>
    /// <param name="isCancelled">True when somebody has asked already that it stop.</param>
    public RenderRunner Start(RenderRecord render, RenderHold hold, RenderLog log, bool isCancelled = false)
    {
        var run = new RenderRunner(render, hold, log, pipeline, abandoned, takes, generators, account, history, time, logger, isCancelled, _stopping.Token, _impatient.Token);
        _runs[render.Id] = run;
        run.Start(() => _runs.TryRemove(new KeyValuePair<RenderId, RenderRunner>(render.Id, run)));
        return run;
    }

    /// <summary>
    /// Stops: lets go of what costs nothing, waits a while for the rest, then breaks it off and keeps what arrived. Begins
    /// nothing any more.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (IsStopping)
        {
            // A host may be told to stop twice.
            return;
        }

        await _stopping.CancelAsync();
        var ends = Task.WhenAll(_runs.Values.Select(run => run.Ended));
        if (await time.LastsAsync(ends, options.Value.Patience))
        {
            await _impatient.CancelAsync();
        }

        await ends.WaitAsync(ct);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _impatient.Dispose();
    }
}
