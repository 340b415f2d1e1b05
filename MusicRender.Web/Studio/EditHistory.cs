namespace MusicRender.Web.Studio;

/// <summary>
/// What there is to undo and redo. Edits with the same group that follow each other within
/// <see cref="GroupWindow"/> are one step, so that a typed word is undone at once.
/// </summary>
/// <typeparam name="T">An immutable state.</typeparam>
public sealed class EditHistory<T>(T initial, TimeProvider time)
{
    /// <summary>How many steps are kept.</summary>
    public const int Depth = 100;

    /// <summary>The longest pause within one group of edits.</summary>
    public static readonly TimeSpan GroupWindow = TimeSpan.FromSeconds(1.5);

    private readonly LinkedList<T> _undo = [];
    private readonly Stack<T> _redo = [];
    private string? _group;
    private long _groupedAt;

    /// <summary>The state as it is.</summary>
    public T Current { get; private set; } = initial;

    /// <summary>True when there is an edit to take back.</summary>
    public bool CanUndo => _undo.Count > 0;

    /// <summary>True when there is an edit to do again.</summary>
    public bool CanRedo => _redo.Count > 0;

    /// <summary>Enters a new state.</summary>
    /// <param name="next">The state.</param>
    /// <param name="group">What is being typed ("name:2"), or null for an edit that stands for itself.</param>
    public void Push(T next, string? group = null)
    {
        var continues = group is not null && group == _group && time.GetElapsedTime(_groupedAt) <= GroupWindow;
        if (!continues)
        {
            _undo.AddLast(Current);
            if (_undo.Count > Depth)
            {
                _undo.RemoveFirst();
            }
        }

        _redo.Clear();
        _group = group;
        _groupedAt = time.GetTimestamp();
        Current = next;
    }

    /// <summary>Changes the state without a step of its own: looking at another section is not an edit.</summary>
    public void Amend(T next)
    {
        Current = next;
        _group = null;
    }

    /// <summary>Takes the last step back; false when there is none.</summary>
    public bool Undo()
    {
        if (_undo.Last is not { } last)
        {
            return false;
        }

        _undo.RemoveLast();
        _redo.Push(Current);
        Current = last.Value;
        _group = null;
        return true;
    }

    /// <summary>Does the step again that was taken back last; false when there is none.</summary>
    public bool Redo()
    {
        if (!_redo.TryPop(out var next))
        {
            return false;
        }

        _undo.AddLast(Current);
        Current = next;
        _group = null;
        return true;
    }
}
