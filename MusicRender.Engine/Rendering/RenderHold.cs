using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The right of one run to work on its render: its epoch in the catalogue, under the lease of this node. Whoever has taken the
/// render up since has a higher epoch; what this run writes then does not count, and it stops as soon as it learns of it.
/// </summary>
internal sealed partial class RenderHold(RenderId id, long epoch, INodeLease lease, RenderRecords records, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private long _lapses = lease.Lapses;

    /// <summary>Raised by one whenever somebody takes the render up; 1 for whoever accepted it.</summary>
    public long Epoch => epoch;

    /// <summary>Cancelled when somebody else has the render.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>True when somebody else has the render.</summary>
    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>True while nobody else can have it.</summary>
    public bool IsSure => !_lost.IsCancellationRequested && lease.IsHeld && lease.Lapses == Volatile.Read(ref _lapses);

    /// <summary>Returns at once while nobody else can have the render. Else it waits for the node's lease, and asks the catalogue.</summary>
    /// <exception cref="OperationCanceledException">Somebody else has it, or the token was cancelled.</exception>
    public ValueTask ConfirmAsync(CancellationToken ct) => IsSure ? ValueTask.CompletedTask : AskAsync(ct);

    /// <summary>Learns that somebody else has it.</summary>
    public void Lose()
    {
        if (_lost.IsCancellationRequested)
        {
            return;
        }

        Log.Lost(logger, id, epoch);
        try
        {
            _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended in this moment.
        }
    }

    /// <summary>Enters events, all or none, and when the generator began. False when somebody else has the render.</summary>
    public Task<bool> AppendAsync(IReadOnlyList<RenderEventText> events, DateTimeOffset? startedAt) => records.AppendAsync(id, epoch, events, startedAt);

    /// <summary>Enters how it ended. False when somebody else has the render.</summary>
    public Task<bool> FinishAsync(RenderOutcome outcome, string log, DateTimeOffset? startedAt) => records.FinishAsync(id, epoch, outcome, log, startedAt);

    /// <summary>Enters that nobody runs it now, and when its generator began; null of one that may cost something and was not asked.</summary>
    public Task LetGoAsync(DateTimeOffset? startedAt) => records.LetGoAsync(id, epoch, startedAt);

    public void Dispose() => _lost.Dispose();

    private async ValueTask AskAsync(CancellationToken ct)
    {
        for (var attempts = 0; ;)
        {
            _lost.Token.ThrowIfCancellationRequested();
            await lease.HeldAsync(ct);
            var lapses = lease.Lapses;
            if (lapses == Volatile.Read(ref _lapses))
            {
                return;
            }

            try
            {
                if (await records.IsHeldAsync(id, epoch, ct))
                {
                    Volatile.Write(ref _lapses, lapses);
                }
                else
                {
                    Lose();
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                Log.NotAsked(logger, id, exception);
                await Task.Delay(CatalogueTrouble.PauseAfter(++attempts), time, ct);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Render {RenderId}: somebody else has taken it up since epoch {Epoch}; this run stops.")]
        public static partial void Lost(ILogger logger, RenderId renderId, long epoch);

        [LoggerMessage(2, LogLevel.Warning, "Render {RenderId}: the catalogue does not say whether it is still run here; it waits.")]
        public static partial void NotAsked(ILogger logger, RenderId renderId, Exception exception);
    }
}
