using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>
/// The lease of a process on a catalogue that several share. The table's clock says when it runs out for others; for the
/// process itself it runs out no later than that, from before the renewal was sent. It counts by two clocks, and the one that went
/// further counts: the one that only goes forward stands still while the machine is suspended, and the wall clock may be set.
/// What the table's clock says at the next renewal has the last word.
/// </summary>
internal sealed partial class SharedLease(ILeaseTable table, TimeProvider time, ILogger<SharedLease> logger) : INodeLease, IAsyncDisposable
{
    /// <summary>How long it lasts without a renewal.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    /// <summary>How often it is renewed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How soon a renewal that failed is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A longer pause between two renewals may have been one for the others too, and have cost them theirs.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A clock of the table's that runs away from ours by more was set: leases look as if they had run out, or last longer than they should.</summary>
    public static readonly TimeSpan LongestJump = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _renewed = New();
    private Renewal? _last;
    private Task _loop = Task.CompletedTask;
    private long _lapses;
    private bool _isStopped;

    public string NodeId { get; } = Guid.NewGuid().ToString("N");

    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return IsHeldNow;
            }
        }
    }

    public long Lapses => Interlocked.Read(ref _lapses);

    private bool IsHeldNow => _last is { } last && !_isStopped && Since(last) < Lasts;

    public async Task StartAsync(CancellationToken ct)
    {
        await TryRenewAsync(ct);
        _loop = RunAsync(_stop.Token);
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (_isStopped)
        {
            // A host may be told to stop twice.
            return;
        }

        await EndAsync();
        try
        {
            await table.RemoveAsync(NodeId, ct);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It runs out by itself.
            Log.NotGivenBack(logger, exception);
        }
    }

    public async Task<bool> IsAloneAsync(CancellationToken ct) => (await table.HoldersAsync(ct)).Until.Keys.All(node => node == NodeId);

    public async ValueTask HeldAsync(CancellationToken ct)
    {
        while (true)
        {
            Task renewed;
            lock (_lock)
            {
                if (IsHeldNow)
                {
                    return;
                }

                renewed = _renewed.Task;
            }

            await renewed.WaitAsync(ct);
        }
    }

    public async Task<IReadOnlySet<string>?> AliveAsync(CancellationToken ct)
    {
        if (!MayJudge())
        {
            return null;
        }

        try
        {
            var (now, until) = await table.HoldersAsync(ct);
            lock (_lock)
            {
                if (_last is not { } last || Jump(last, now, time.GetTimestamp()) > LongestJump)
                {
                    _last = _last is { } seen ? seen with { UnbrokenSince = time.GetTimestamp() } : null;
                    return null;
                }
            }

            // One that ends later than any can that was renewed by now is of before the clock was set back, and nobody has renewed it since.
            var latest = now + (long)(Lasts + LongestJump).TotalMilliseconds;
            return MayJudge() ? new HashSet<string>(until.Where(lease => lease.Value <= latest).Select(lease => lease.Key), StringComparer.Ordinal) { NodeId } : null;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // Not a DbException only: a name that does not resolve comes as it is.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task EndAsync()
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
        }

        await _stop.CancelAsync();
        await _loop;
    }

    /// <summary>Whoever has renewed for one whole lease without a pause has given everybody the time to renew theirs.</summary>
    private bool MayJudge()
    {
        lock (_lock)
        {
            return IsHeldNow && _last is { } last && Since(last) <= LongestPause && time.GetElapsedTime(last.UnbrokenSince) >= Lasts;
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_isLate ? RetryAfter : Interval, time, ct);
                await TryRenewAsync(ct);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private bool _isLate;

    private async Task TryRenewAsync(CancellationToken ct)
    {
        var (sentAt, sentOn) = (time.GetTimestamp(), time.GetUtcNow());
        try
        {
            var now = await table.RenewAsync(NodeId, Lasts, ct);
            _isLate = false;
            TakeUp(sentAt, sentOn, now);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // Whatever it is: who stops renewing has lost everything.
            if (!_isLate)
            {
                Log.NotRenewed(logger, exception);
            }

            _isLate = true;
        }
    }

    private void TakeUp(long sentAt, DateTimeOffset sentOn, long now)
    {
        TaskCompletionSource renewed;
        lock (_lock)
        {
            // Others saw it run out by the table's clock, whatever the clocks of this machine say.
            var isLapsed = _last is { } before && (!IsHeldNow || TimeSpan.FromMilliseconds(now - before.TableTime) >= Lasts);
            var isUnbroken = _last is { } last && !isLapsed && time.GetElapsedTime(last.SentAt, sentAt) <= LongestPause && Jump(last, now, sentAt) <= LongestJump;
            if (isLapsed)
            {
                // Before it is held again: whoever sees it held sees this too.
                Interlocked.Increment(ref _lapses);
                Log.Lapsed(logger, Math.Max(Since(_last!).TotalSeconds, (now - _last!.TableTime) / 1000.0));
            }

            _last = new Renewal(sentAt, sentOn, isUnbroken ? _last!.UnbrokenSince : sentAt, now);
            renewed = _renewed;
            _renewed = New();
        }

        renewed.TrySetResult();
    }

    private TimeSpan Since(Renewal renewal)
    {
        var (forward, wall) = (time.GetElapsedTime(renewal.SentAt), time.GetUtcNow() - renewal.SentOn);
        return forward > wall ? forward : wall;
    }

    private TimeSpan Jump(Renewal last, long now, long at) =>
        (TimeSpan.FromMilliseconds(now - last.TableTime) - time.GetElapsedTime(last.SentAt, at)).Duration();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="SentAt">Before it was sent, by the clock that only goes forward.</param>
    /// <param name="SentOn">The same by the wall clock.</param>
    /// <param name="UnbrokenSince">The first renewal since which none was late, by the clock that only goes forward.</param>
    /// <param name="TableTime">When the table entered it, by its own clock, Unix milliseconds.</param>
    private sealed record Renewal(long SentAt, DateTimeOffset SentOn, long UnbrokenSince, long TableTime);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This node's lease could not be renewed; it is tried again every second.")]
        public static partial void NotRenewed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "This node's lease had run out: it was not renewed for {Seconds:0} seconds. Renders that others took up meanwhile are left to them.")]
        public static partial void Lapsed(ILogger logger, double seconds);

        [LoggerMessage(3, LogLevel.Warning, "This node's lease could not be given back; others take up its renders when it has run out.")]
        public static partial void NotGivenBack(ILogger logger, Exception exception);
    }
}
