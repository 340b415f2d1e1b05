using System.Runtime.CompilerServices;

namespace MusicRender.Engine.Jobs;

/// <summary>Where stems stand while they are made: one writer, any number of readers, who see the newest state and not every step to it.</summary>
internal sealed class StemFeed(StemStatus first, TimeProvider time)
{
    /// <summary>The shortest time between two states that a reader gets.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StemStatus _last = first;

    /// <summary>The newest state.</summary>
    public StemStatus Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>Says that it goes on. The percentage never falls.</summary>
    public void Tell(int percent, string message) => Set(Last with { Percent = Math.Max(Last.Percent, percent), Message = message });

    /// <summary>Sets the newest state; after one that has ended no more come.</summary>
    public void Set(StemStatus status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _last = status;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        if (status.HasEnded)
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>The state now, then whenever it changes, at most once an <see cref="Interval"/>, to the end, which comes at once.</summary>
    public async IAsyncEnumerable<StemStatus> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        StemStatus? told = null;
        while (true)
        {
            StemStatus last;
            Task changed;
            lock (_lock)
            {
                (last, changed) = (_last, _changed.Task);
            }

            if (ReferenceEquals(last, told))
            {
                await changed.WaitAsync(ct);
                continue;
            }

            told = last;
            yield return last;
            if (last.HasEnded)
            {
                yield break;
            }

            await Task.WhenAny(_ended.Task, Task.Delay(Interval, time, ct));
        }
    }
}
