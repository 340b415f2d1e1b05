using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>Whether what was typed is in the database.</summary>
public enum SaveState
{
    /// <summary>It is.</summary>
    Saved,

    /// <summary>It will be in a moment.</summary>
    Pending,

    /// <summary>It could not be written; it is tried again.</summary>
    Failed,
}

/// <summary>
/// One draft with everything that can be undone in it, as all pages that show it share it. Every change is saved
/// <see cref="Debounce"/> after the last one, but no later than <see cref="LongestWait"/> after the first, and at once by <see cref="FlushAsync"/> and on disposal.
/// </summary>
public sealed partial class DraftDocument : IAsyncDisposable
{
    /// <summary>How long a change waits for the next one.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the first of many changes waits that come without a pause: whoever types on and on loses no more when the power goes.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How long a save that failed waits.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    /// <summary>How often a save that another node came before is tried in a row.</summary>
    private const int MaxTries = 5;

    /// <summary>Stands for whoever edits on another node.</summary>
    private static readonly object Elsewhere = new();

    private readonly IDrafts _drafts;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly DraftTrail _trail;
    private Task _save = Task.CompletedTask;
    private Draft _draft;
    private Draft _saved;
    private long _version;
    /// <summary>When the first change was made that no save has begun to take along; null without one.</summary>
    private long? _unsavedSince;
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDisposed;

    /// <summary>Opens a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="steps">What undo and redo of it go to.</param>
    /// <param name="drafts">Where it is kept.</param>
    /// <param name="time">Groups typing and waits between saves.</param>
    /// <param name="logger">Is told of saves that fail.</param>
    public DraftDocument(Draft draft, IReadOnlyList<DraftStep> steps, IDrafts drafts, TimeProvider time, ILogger logger)
    {
        _version = draft.Version;
        _drafts = drafts;
        _logger = logger;
        _time = time;
        _settled.SetResult();
        _timer = time.CreateTimer(_ => SaveInTurn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _trail = new DraftTrail(draft, steps, time);
        _draft = _saved = History.Current.In(draft);
        Heard.Merge(draft.Heard);
        History.Changed += TakeEdit;
    }

    /// <summary>
    /// Raised with who made a change that is no step of the history, which tells of those itself; with null when the state of
    /// saving changes. On any thread.
    /// </summary>
    public event Action<object?>? Changed;

    /// <summary>The draft as it stands.</summary>
    public Draft Draft => Volatile.Read(ref _draft);

    /// <summary>Whether the draft is saved.</summary>
    public SaveState State { get; private set; }

    /// <summary>True when nobody can change it any more.</summary>
    public bool IsDisposed => _isDisposed;

    /// <summary>Which texts of browsers have arrived.</summary>
    internal HeardTexts Heard { get; } = new();

    /// <summary>What can be undone.</summary>
    internal EditHistory<PlanSnapshot> History => _trail.History;

    /// <summary>The version that this document goes on from.</summary>
    internal long Version => Interlocked.Read(ref _version);

    /// <summary>Changes the draft; it is saved soon.</summary>
    /// <param name="change">The change. What of it can be undone becomes a step.</param>
    /// <param name="editor">The editor of whoever makes it.</param>
    internal void Update(Func<Draft, Draft> change, PlanEditor editor)
    {
        BesidePlan before, after;
        lock (_lock)
        {
            var next = change(_draft);
            if (next == _draft)
            {
                return;
            }

            (before, after) = (BesidePlan.Of(_draft), BesidePlan.Of(next));
            _draft = History.Current.In(next);
        }

        if (before == after)
        {
            AwaitSave();
            Changed?.Invoke(editor);
        }
        else
        {
            // Of what stands beside the plan by now: others edit it too.
            editor.SetBeside(beside => BesidePlan.Of(change(beside.In(Draft))));
        }
    }

    /// <summary>Saves now what is not saved yet.</summary>
    public async Task FlushAsync()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await SaveAsync();
    }

    /// <summary>Completes when everything that has been changed until now is saved, however long that takes.</summary>
    public Task WhenSavedAsync()
    {
        lock (_lock)
        {
            return _settled.Task;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        History.Changed -= TakeEdit;
        _isDisposed = true;
        await _timer.DisposeAsync();
        await _save;
        await SaveAsync();
        lock (_lock)
        {
            _settled.TrySetCanceled();
        }

        // The semaphore is left to the collector: somebody may still wait for a render to start and save it then.
    }

    /// <summary>Changes the draft as it was kept, after this document was left.</summary>
    internal async Task KeepAfterwardsAsync(Func<Draft, Draft> change)
    {
        await _saving.WaitAsync();
        try
        {
            // What disposal has not saved yet is saved with the change in it.
            _draft = change(_draft);
            if (await _drafts.FindAsync(_draft.Id, CancellationToken.None) is { } kept)
            {
                await _drafts.SaveAsync(change(kept), CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.SaveFailed(_logger, failure, _draft.Id);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Takes up what another node saved. What was changed here and is not saved yet is the later edit: it is made to that.</summary>
    internal async Task TakeUpAsync()
    {
        await _saving.WaitAsync();
        try
        {
            if (!_isDisposed)
            {
                await TakeUpSavedAsync();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The next save finds out.
            Log.NotTakenUp(_logger, failure, Draft.Id);
        }
        finally
        {
            _saving.Release();
        }
    }

    private async Task TakeUpSavedAsync()
    {
        if (await _drafts.FindAsync(Draft.Id, CancellationToken.None) is not { } theirs || theirs.Version <= _version)
        {
            return;
        }

        var steps = await _drafts.StepsAsync(theirs.Id, CancellationToken.None);
        Heard.Merge(theirs.Heard);
        bool isEdited;
        lock (_lock)
        {
            isEdited = !ReferenceEquals(_draft, _saved);
            var merged = isEdited ? DraftMerge.Of(_saved, _draft, theirs) : theirs;
            var isStep = isEdited && !DraftMerge.IsSameStep(merged, theirs);
            _trail.TakeUp(theirs, steps, isStep ? PlanSnapshot.Of(merged) : null);
            _saved = theirs;
            _draft = isStep ? merged with { Step = theirs.Step + 1 } : merged;
            _version = theirs.Version;
        }

        if (isEdited)
        {
            AwaitSave();
        }

        History.Tell(Elsewhere);
        Changed?.Invoke(Elsewhere);
    }

    private void TakeEdit(object? by)
    {
        if (ReferenceEquals(by, Elsewhere))
        {
            return;
        }

        lock (_lock)
        {
            var (states, first, at) = History.All();
            _draft = states[(int)(at - first)].In(_draft) with { Step = at };
        }

        AwaitSave();
    }

    private void AwaitSave()
    {
        TimeSpan patience;
        lock (_lock)
        {
            _unsavedSince ??= _time.GetTimestamp();
            patience = LongestWait - _time.GetElapsedTime(_unsavedSince.Value);
            State = SaveState.Pending;
            if (_settled.Task.IsCompleted)
            {
                _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (!_isDisposed)
        {
            _timer.Change(patience > Debounce ? Debounce : patience > TimeSpan.Zero ? patience : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One save at a time: while one lasts, what comes meanwhile waits for the next.</summary>
    private void SaveInTurn()
    {
        if (_save.IsCompleted)
        {
            _save = SaveAsync();
        }
        else if (!_isDisposed)
        {
            _timer.Change(Debounce, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            Draft draft;
            Draft? saved;
            StepChanges steps;
            for (var tries = 1; ; tries++)
            {
                // Before the draft is read: what has arrived by then is in it.
                var heard = Heard.Pages;
                lock (_lock)
                {
                    draft = _draft;
                    steps = _trail.Changes();
                    _unsavedSince = null;
                }

                if (ReferenceEquals(draft, _saved))
                {
                    if (State is SaveState.Saved)
                    {
                        return;
                    }

                    saved = null;
                    break;
                }

                // Nobody waits for the other node for ever: the later edit wins.
                var mine = draft with { Version = _version, Heard = heard };
                saved = tries < MaxTries ? await _drafts.SaveOverAsync(mine, steps, CancellationToken.None) : await _drafts.SaveAsync(mine, steps, CancellationToken.None);
                if (saved is not null)
                {
                    break;
                }

                await TakeUpSavedAsync();
            }

            if (saved is not null)
            {
                _version = saved.Version;
                _trail.Keep(steps);
                lock (_lock)
                {
                    _saved = draft;
                }
            }

            Settle(draft);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.SaveFailed(_logger, failure, Draft.Id);
            State = SaveState.Failed;
            if (!_isDisposed)
            {
                _timer.Change(RetryAfter, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke(null);
    }

    /// <summary>A draft is in the database, and perhaps another one is wanted there by now.</summary>
    private void Settle(Draft saved)
    {
        lock (_lock)
        {
            State = ReferenceEquals(saved, _draft) ? SaveState.Saved : SaveState.Pending;
            if (State is SaveState.Saved)
            {
                _settled.TrySetResult();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "Draft {DraftId} was saved on another node, and could not be read here.")]
        internal static partial void NotTakenUp(ILogger logger, Exception failure, string draftId);

        [LoggerMessage(1, LogLevel.Error, "Draft {DraftId} could not be saved.")]
        internal static partial void SaveFailed(ILogger logger, Exception failure, string draftId);
    }
}
