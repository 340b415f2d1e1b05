namespace MusicRender.Web.Studio;

/// <summary>Lets a burst of calls through at most once an interval: the first at once, the last at the interval's end.</summary>
public sealed class UpdateThrottle : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Action _update;
    private readonly ITimer _timer;
    private long? _last;
    private bool _isWaiting;

    /// <summary>Throttles an action.</summary>
    public UpdateThrottle(TimeSpan interval, TimeProvider time, Action update)
    {
        _interval = interval;
        _time = time;
        _update = update;
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls the action now, or at the end of the interval when it was called within it.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_isWaiting)
            {
                return;
            }

            if (_last is { } last && _interval - _time.GetElapsedTime(last) is { Ticks: > 0 } left)
            {
                _isWaiting = true;
                _timer.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Run();
    }

    /// <summary>Calls the action now, whatever the interval.</summary>
    public void Run()
    {
        lock (_lock)
        {
            _isWaiting = false;
            _last = _time.GetTimestamp();
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _update();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
