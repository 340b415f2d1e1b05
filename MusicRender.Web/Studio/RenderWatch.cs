using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>
/// Follows one render from its first event, live, until it ends. A subscription that breaks is taken up again where it
/// stopped. The page hears of changes at most ten times a second.
/// </summary>
public sealed partial class RenderWatch : IAsyncDisposable
{
    /// <summary>The shortest time between two updates of the page: that they are no more than ten a second where they arrive, however the way delays them.</summary>
    public static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(120);

    /// <summary>How long a broken subscription waits before it is taken up again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IRenderJobs _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly UpdateThrottle _throttle;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile RenderView _view = new();

    /// <summary>Begins to follow a render.</summary>
    /// <param name="id">The render.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <param name="time">For the throttle and the retries.</param>
    /// <param name="logger">Hears of broken subscriptions.</param>
    /// <param name="changed">Called after changes, on any thread.</param>
    public RenderWatch(
        RenderId id, IRenderJobs jobs, TimeProvider time, ILogger<RenderWatch> logger, Action<RenderView> changed)
    {
        Id = id;
        _jobs = jobs;
        _time = time;
        _logger = logger;
        _throttle = new UpdateThrottle(UpdateInterval, time, () => changed(_view));
        _loop = Task.Run(FollowAsync);
    }

    /// <summary>The render.</summary>
    public RenderId Id { get; }

    /// <summary>What there is to show.</summary>
    public RenderView View => _view;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _throttle.DisposeAsync();
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            while (!_view.HasEnded)
            {
                await FollowOnceAsync();
                if (!_view.HasEnded)
                {
                    await Task.Delay(RetryAfter, _time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private async Task FollowOnceAsync()
    {
        try
        {
            await foreach (var next in _jobs.WatchAsync(Id, _view.Sequence, _stop.Token))
            {
                _view = _view.After(next);
                if (!next.IsTerminal)
                {
                    _throttle.Request();
                }
            }

            // The log does not know whether somebody has kept a partial take since, and may have no end.
            if (!_view.HasEnded || _view.Failure is not null)
            {
                await AskAsync();
            }
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            Log.WatchBroke(_logger, failure, Id, _view.Sequence);
        }

        if (_view.HasEnded)
        {
            _throttle.Run();
        }
    }

    /// <summary>Asks the authority.</summary>
    private async Task AskAsync()
    {
        var status = await _jobs.FindAsync(Id, _stop.Token);
        _view = status switch
        {
            null when _view.HasEnded => _view,
            null => _view with { IsUnknown = true },
            { State: RenderState.Queued or RenderState.Running } => _view,
            _ => _view.After(status),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The watch of render {RenderId} broke after event {Sequence}; it is taken up again.")]
        internal static partial void WatchBroke(ILogger logger, Exception failure, RenderId renderId, long sequence);
    }
}
