using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>What waits, what runs and what ended lately. Hears of the renders under way with all other pages, and looks up what ended when one of them is not there any more.</summary>
public sealed partial class QueueView : IAsyncDisposable
{
    /// <summary>How many are shown of those that have ended.</summary>
    public const int MostEnded = 20;

    private readonly IRenderJobs _jobs;
    private readonly Action _changed;
    private readonly ILogger _logger;
    private readonly IDisposable _listening;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task _lookUp = Task.CompletedTask;
    private bool _isStale;

    /// <summary>Begins to listen.</summary>
    /// <param name="jobs">The renders.</param>
    /// <param name="feed">Tells of those under way.</param>
    /// <param name="logger">Hears of what could not be looked up.</param>
    /// <param name="changed">Called after changes, on any thread.</param>
    public QueueView(IRenderJobs jobs, UnderWayFeed feed, ILogger<QueueView> logger, Action changed)
    {
        (_jobs, _logger, _changed) = (jobs, logger, changed);
        _listening = feed.Listen(Take);
    }

    /// <summary>Those that run, the longest first, then those that wait, the next first; null until they are known.</summary>
    public IReadOnlyList<RenderStatus>? UnderWay { get; private set; }

    /// <summary>Those that have ended, the last first; null until they are known.</summary>
    public IReadOnlyList<RenderStatus>? Ended { get; private set; }

    /// <summary>How many run.</summary>
    public int Running => UnderWay?.Count(render => render.State is RenderState.Running) ?? 0;

    /// <summary>How many wait.</summary>
    public int Waiting => (UnderWay?.Count ?? 0) - Running;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _stop.CancelAsync();
        await _lookUp;
        _stop.Dispose();
    }

    private void Take(IReadOnlyList<RenderStatus> renders)
    {
        lock (_lock)
        {
            var isEnding = UnderWay is not { } before || Ended is null || before.Any(render => renders.All(other => other.Id != render.Id));
            UnderWay =
            [
                .. renders.Where(render => render.State is RenderState.Running).OrderBy(render => render.StartedAt ?? render.CreatedAt),
                .. renders.Where(render => render.State is not RenderState.Running).OrderBy(render => render.Progress?.QueuePosition ?? int.MaxValue).ThenBy(render => render.CreatedAt),
            ];
            if (isEnding)
            {
                _isStale = true;
                if (_lookUp.IsCompleted)
                {
                    _lookUp = LookUpAsync();
                }
            }
        }

        _changed();
    }

    private async Task LookUpAsync()
    {
        // Others wait for the lock.
        await Task.Yield();
        while (IsStale())
        {
            try
            {
                Ended = await _jobs.EndedAsync(MostEnded, _stop.Token);
                _changed();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // The next change of the line asks again.
                Log.LookUpFailed(_logger, failure);
            }
        }
    }

    private bool IsStale()
    {
        lock (_lock)
        {
            var isStale = _isStale;
            _isStale = false;
            return isStale;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The renders that have ended could not be looked up.")]
        internal static partial void LookUpFailed(ILogger logger, Exception failure);
    }
}
