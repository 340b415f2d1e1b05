using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>
/// The renders that wait or run, looked up once a second for all pages together, and only while there is one that wants to
/// know. Pages that only want their number cost one look into the catalogue; a list asks each render where it stands.
/// </summary>
public sealed partial class UnderWayFeed(IRenderJobs jobs, TimeProvider time, ILogger<UnderWayFeed> logger) : IAsyncDisposable
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Action<IReadOnlyList<RenderStatus>>> _listeners = [];
    private readonly List<Action<int>> _counters = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _wanted = New();
    private IReadOnlyList<RenderStatus>? _renders;
    private int? _count;
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
            Begin();
            if (known is null)
            {
                _wanted.TrySetResult();
            }
        }

        if (known is not null)
        {
            listener(known);
        }

        return new Listener(this, () => _listeners.Remove(listener));
    }

    /// <summary>Tells a page how many there are, at once where that is known, and whenever it has changed; on any thread.</summary>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable ListenToCount(Action<int> listener)
    {
        int? known;
        lock (_lock)
        {
            _counters.Add(listener);
            known = _count;
            Begin();
        }

        if (known is { } count)
        {
            listener(count);
        }

        return new Listener(this, () => _counters.Remove(listener));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private void Begin()
    {
        if (!_isRunning)
        {
            _isRunning = true;
            _loop = Task.Run(FollowAsync);
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();
            do
            {
                await LookAsync();
                await Task.WhenAny(tick, _wanted.Task);
                if (tick.IsCompleted)
                {
                    await tick;
                    tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();
                }
            }
            while (IsWanted());
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
            _isRunning = _listeners.Count > 0 || _counters.Count > 0;
            _renders = _listeners.Count > 0 ? _renders : null;
            _count = _isRunning ? _count : null;
            return _isRunning;
        }
    }

    private async Task LookAsync()
    {
        bool isListWanted;
        lock (_lock)
        {
            isListWanted = _listeners.Count > 0;
            _wanted = New();
        }

        try
        {
            var renders = isListWanted ? await jobs.UnderWayAsync(_stop.Token) : null;
            Tell(renders, renders?.Count ?? await jobs.CountUnderWayAsync(_stop.Token));
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

    private void Tell(IReadOnlyList<RenderStatus>? renders, int count)
    {
        Action<IReadOnlyList<RenderStatus>>[] listeners = [];
        Action<int>[] counters = [];
        lock (_lock)
        {
            if (renders is not null && (_renders is null || !renders.SequenceEqual(_renders)))
            {
                _renders = renders;
                listeners = [.. _listeners];
            }

            if (count != _count)
            {
                _count = count;
                counters = [.. _counters];
            }
        }

        foreach (var listener in listeners)
        {
            listener(renders!);
        }

        foreach (var counter in counters)
        {
            counter(count);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Listener(UnderWayFeed feed, Action remove) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._lock)
            {
                remove();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The renders under way could not be looked up; it is tried again every second.")]
        internal static partial void LookFailed(ILogger logger, Exception failure);
    }
}
