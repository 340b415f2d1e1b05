using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Studio;

/// <summary>Follows the making of one set of stems, live, until it ends. A subscription that breaks is taken up again.</summary>
public sealed partial class StemWatch : IAsyncDisposable
{
    /// <summary>How long a broken subscription waits before it is taken up again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string _trackId;
    private readonly StemSet _set;
    private readonly IStemJobs _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<StemStatus> _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Begins to follow.</summary>
    /// <param name="trackId">The track.</param>
    /// <param name="set">Which of its sets.</param>
    /// <param name="jobs">Where it is made.</param>
    /// <param name="time">For the retries.</param>
    /// <param name="logger">Hears of broken subscriptions.</param>
    /// <param name="changed">Called with each state, on any thread.</param>
    public StemWatch(string trackId, StemSet set, IStemJobs jobs, TimeProvider time, ILogger<StemWatch> logger, Action<StemStatus> changed)
    {
        _trackId = trackId;
        _set = set;
        _jobs = jobs;
        _time = time;
        _logger = logger;
        _changed = changed;
        _loop = Task.Run(FollowAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            while (!await HasEndedAsync())
            {
                await Task.Delay(RetryAfter, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    /// <summary>Follows until the end, or until the subscription breaks.</summary>
    private async Task<bool> HasEndedAsync()
    {
        try
        {
            await foreach (var status in _jobs.WatchAsync(_trackId, _set, _stop.Token))
            {
                _changed(status);
                if (status.HasEnded)
                {
                    return true;
                }
            }

            // Nobody knows of it: the track is gone.
            return (await _jobs.FindAsync(_trackId, _stop.Token)).All(status => status.Set != _set);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            Log.WatchBroke(_logger, failure, _trackId, _set);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The watch of the stems ({Set}) of track {TrackId} broke; it is taken up again.")]
        internal static partial void WatchBroke(ILogger logger, Exception failure, string trackId, StemSet set);
    }
}
