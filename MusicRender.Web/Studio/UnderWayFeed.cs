using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>
/// The renders that wait or run, looked up once a second for all pages together, and only while there is one that wants to
/// know.
/// </summary>
public sealed partial class UnderWayFeed(IRenderJobs jobs, TimeProvider time, ILogger<UnderWayFeed> logger) : IAsyncDisposable
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Action<IReadOnlyList<RenderStatus>>> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<RenderStatus>? _renders;
    private Task _loop = Task.CompletedTask;
    private bool _isRunning;
    private bool _hasFailed;

    /// <summary>Tells a page of the renders, at once where they are known, and whenever they have changed; on any thread.</summary>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable Listen(Action<IReadOnlyList<RenderStatus>> listener)
    {
        // Everybody's renders are looked up in the culture of whoever came first.
        listener = ReaderCulture.Keep(listener);
        IReadOnlyList<RenderStatus>? known;
        lock (_lock)
        {
            _listeners.Add(listener);
            known = _renders;
            if (!_isRunning)
            {
                _isRunning = true;
                _loop = Task.Run(FollowAsync);
            }
        }

        if (known is not null)
        {
            listener(known);
        }

        return new Listener(this, listener);
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
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await LookAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token) && IsWanted());
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private bool IsWanted()
    {
        lock (_lock)
        {
            _isRunning = _listeners.Count > 0;
            _renders = _isRunning ? _renders : null;
            return _isRunning;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var renders = await jobs.UnderWayAsync(_stop.Token);
            Action<IReadOnlyList<RenderStatus>>[] listeners = [];
            lock (_lock)
            {
                if (_renders is null || !renders.SequenceEqual(_renders))
                {
                    _renders = renders;
                    listeners = [.. _listeners];
                }
            }

            foreach (var listener in listeners)
            {
                listener(renders);
            }

            _hasFailed = false;
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            // Told once, not every second.
            if (!_hasFailed)
            {
                Log.LookFailed(logger, failure);
            }

            _hasFailed = true;
        }
    }

    private sealed class Listener(UnderWayFeed feed, Action<IReadOnlyList<RenderStatus>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._lock)
            {
                feed._listeners.Remove(listener);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The renders under way could not be looked up; it is tried again every second.")]
        internal static partial void LookFailed(ILogger logger, Exception failure);
    }
}
