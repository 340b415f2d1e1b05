using System.Runtime.CompilerServices;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The ordered log of one render. One writer appends; any number of readers replay it from any point, go on live, and
/// all see the same events. It ends with a terminal event.
/// </summary>
public sealed class RenderLog
{
    private readonly Lock _lock = new();
    private readonly List<RenderEvent> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    /// <summary>Starts an empty log.</summary>
    public RenderLog()
    {
    }

    /// <summary>Takes up a log that was kept.</summary>
    public RenderLog(IEnumerable<RenderEvent> events) => _events.AddRange(events);

    /// <summary>The newest event, or null.</summary>
    public RenderEvent? Last
    {
        get
        {
            lock (_lock)
            {
                return _events.Count == 0 ? null : _events[^1];
            }
        }
    }

    /// <summary>The newest progress, or null.</summary>
    public ProgressEvent? LastProgress
    {
        get
        {
            lock (_lock)
            {
                return _events.FindLast(entry => entry is ProgressEvent) as ProgressEvent;
            }
        }
    }

    /// <summary>The number of the next event.</summary>
    public long NextSequence
    {
        get
        {
            lock (_lock)
            {
                return _events.Count + 1;
            }
        }
    }

    /// <summary>All events so far.</summary>
    public IReadOnlyList<RenderEvent> Snapshot()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    /// <summary>Appends events, whose numbers must follow the last one's; readers see them together.</summary>
    /// <exception cref="InvalidOperationException">The numbers leave a gap, or the log has ended.</exception>
    public void Append(params ReadOnlySpan<RenderEvent> events)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            foreach (var entry in events)
            {
                if (entry.Sequence != _events.Count + 1 || _events is [.., { IsTerminal: true }])
                {
                    throw new InvalidOperationException($"Event {entry.Sequence} does not follow event {_events.Count}.");
                }

                _events.Add(entry);
            }

            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    /// <summary>Says that no more will come here: readers end, the terminal event or not. The render goes on elsewhere, or later.</summary>
    public void Close()
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _isClosed = true;
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    /// <summary>
    /// Every event after a number, then the live ones, up to the terminal one. A reader that claims to be past the end
    /// still gets the terminal event: it may know a longer log, of a process that did not live to keep it.
    /// </summary>
    public async IAsyncEnumerable<RenderEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var next = (int)Math.Clamp(after, 0, int.MaxValue);
        var isToldAll = false;
        while (true)
        {
            RenderEvent? entry = null;
            Task more;
            bool isEnded, isClosed;
            lock (_lock)
            {
                more = _more.Task;
                isClosed = _isClosed;
                isEnded = _events is [.., { IsTerminal: true }];
                next = isEnded && !isToldAll ? Math.Min(next, _events.Count - 1) : next;
                if (next < _events.Count)
                {
                    entry = _events[next];
                }
            }

            if (entry is not null)
            {
                next++;
                isToldAll = entry.IsTerminal;
                yield return entry;
            }
            else if (isEnded || isClosed)
            {
                yield break;
            }
            else
            {
                await more.WaitAsync(ct);
            }
        }
    }
}
