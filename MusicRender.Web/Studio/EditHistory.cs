namespace MusicRender.Web.Studio;

/// <summary>
/// What there is to undo and redo, in numbered states. Edits with the same group that follow each other within
/// <see cref="GroupWindow"/> are one step, so that a typed word is undone at once. Several pages may edit at once.
/// </summary>
/// <typeparam name="T">An immutable state.</typeparam>
public sealed class EditHistory<T>
    where T : class
{
    /// <summary>How many steps can be taken back.</summary>
    public const int Depth = 100;

    /// <summary>The longest pause within one group of edits.</summary>
    public static readonly TimeSpan GroupWindow = TimeSpan.FromSeconds(1.5);

    private readonly Lock _lock = new();
    private readonly List<T> _states;
    private readonly TimeProvider _time;
    private long _first;
    private int _at;
    private (string Name, object? By)? _group;
    private long _groupedAt;

    /// <summary>Starts with one state.</summary>
    public EditHistory(T initial, TimeProvider time)
        : this([initial], 0, 0, time)
    {
    }

    /// <summary>Goes on where another left off.</summary>
    /// <param name="states">The states, in order.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="at">The number of the one that counts now.</param>
    /// <param name="time">Groups edits.</param>
    public EditHistory(IReadOnlyList<T> states, long first, long at, TimeProvider time)
    {
        _states = [.. states];
        _first = first;
        _at = (int)(at - first);
        _time = time;
    }

    /// <summary>Raised after every edit, undo and redo, outside the lock, with who did it.</summary>
    public event Action<object?>? Changed;

    /// <summary>The state as it is.</summary>
    public T Current
    {
        get
        {
            lock (_lock)
            {
                return _states[_at];
            }
        }
    }

    /// <summary>True when there is an edit to take back.</summary>
    public bool CanUndo => _at > 0;

    /// <summary>True when there is an edit to do again.</summary>
    public bool CanRedo => _at < _states.Count - 1;

    /// <summary>All states, the number of the first, and the number of the one that counts.</summary>
    public (IReadOnlyList<T> States, long First, long At) All()
    {
        lock (_lock)
        {
            return ([.. _states], _first, _first + _at);
        }
    }

    /// <summary>Enters a new state.</summary>
    /// <param name="next">The state.</param>
    /// <param name="group">What is being typed ("name:2"), or null for an edit that stands for itself.</param>
    /// <param name="by">Who did it.</param>
    public void Push(T next, string? group = null, object? by = null) => Push(_ => (next, group), by);

    /// <summary>Enters what an edit makes of the state as it is by now, whoever else edits at the same moment.</summary>
    /// <param name="edit">Gives the next state, and what is being typed or null; null for no edit at all. It may not use this history.</param>
    /// <param name="by">Who does it.</param>
    public void Push(Func<T, (T Next, string? Group)?> edit, object? by = null)
    {
        lock (_lock)
        {
            if (edit(_states[_at]) is not var (next, group))
            {
                return;
            }

            var mine = group is null ? ((string, object?)?)null : (group, by);
            _states.RemoveRange(_at + 1, _states.Count - _at - 1);
            if (mine is not null && mine == _group && _at > 0 && _time.GetElapsedTime(_groupedAt) <= GroupWindow)
            {
                _states[_at] = next;
            }
            else
            {
                _states.Add(next);
                _at++;
            }

            if (_at > Depth)
            {
                _states.RemoveAt(0);
                _at--;
                _first++;
            }

            _group = mine;
            _groupedAt = _time.GetTimestamp();
        }

        Changed?.Invoke(by);
    }

    /// <summary>Puts another history in place of this one, and tells nobody: see <see cref="Tell"/>.</summary>
    /// <param name="states">The states, in order.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="at">The number of the one that counts now.</param>
    internal void Replace(IReadOnlyList<T> states, long first, long at)
    {
        lock (_lock)
        {
            _states.Clear();
            _states.AddRange(states);
            (_first, _at, _group) = (first, (int)(at - first), null);
        }
    }

    /// <summary>Says that somebody changed it.</summary>
    internal void Tell(object by) => Changed?.Invoke(by);

    /// <summary>Changes the state without a step of its own: looking at another section is not an edit.</summary>
    /// <returns>The state.</returns>
    public T Amend(Func<T, T> change)
    {
        lock (_lock)
        {
            _group = null;
            return _states[_at] = change(_states[_at]);
        }
    }

    /// <summary>Takes the last step back; false when there is none.</summary>
    public bool Undo(object? by = null) => Go(-1, by);

    /// <summary>Does the step again that was taken back last; false when there is none.</summary>
    public bool Redo(object? by = null) => Go(1, by);

    private bool Go(int step, object? by)
    {
        lock (_lock)
        {
            if (_at + step < 0 || _at + step >= _states.Count)
            {
                return false;
            }

            _at += step;
            _group = null;
        }

        Changed?.Invoke(by);
        return true;
    }
}
