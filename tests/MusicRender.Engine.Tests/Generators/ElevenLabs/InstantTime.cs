namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>
/// A clock that jumps: whoever waits up to so long is woken at once, and the clock says that the time is over. Longer waits
/// never end by themselves. So a test of minutes takes no time, and what is answered at once never waits.
/// </summary>
internal sealed class InstantTime(TimeSpan longest) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _longestWait = longest;
    private DateTimeOffset _now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Until the next test second: waits of up to a second.</summary>
    public InstantTime()
        : this(TimeSpan.FromSeconds(1))
    {
    }

    /// <summary>Time since the test began.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _now - new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Jump(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Jump(InstantTime time, TimerCallback callback, object? state) : ITimer
    {
        private int _isOver;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || dueTime > time._longestWait)
            {
                return true;
            }

            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (Interlocked.Exchange(ref _isOver, 1) != 0)
                {
                    return;
                }

                lock (time._lock)
                {
                    time._now += dueTime;
                }

                callback(state);
            });
            return true;
        }

        public void Dispose() => Interlocked.Exchange(ref _isOver, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
