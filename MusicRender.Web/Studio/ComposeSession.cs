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
/// One draft on its way through the wizard. Every change is saved <see cref="Debounce"/> after the last one, and at
/// once by <see cref="FlushAsync"/> and on disposal.
/// </summary>
public sealed partial class ComposeSession : IAsyncDisposable
{
    /// <summary>How long a change waits for the next one.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a save that failed waits.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    private readonly IDrafts _drafts;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private Task _save = Task.CompletedTask;
    private Draft _saved;
    private long _version;
    private volatile bool _isDisposed;

    /// <summary>Opens a draft.</summary>
    public ComposeSession(Draft draft, IDrafts drafts, TimeProvider time, ILogger<ComposeSession> logger)
    {
        Draft = draft;
        _saved = draft;
        _version = draft.Version;
        _drafts = drafts;
        _logger = logger;
        _timer = time.CreateTimer(_ => _save = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Plan = new PlanEditor(draft.Plan, draft.PlanText, time) { Options = PlanOptions.Of(draft) };
        Plan.Changed += TakePlan;
    }

    /// <summary>Raised after every change and when the state of saving changes; on any thread.</summary>
    public event Action? Changed;

    /// <summary>The draft as it stands.</summary>
    public Draft Draft { get; private set; }

    /// <summary>Edits its plan.</summary>
    public PlanEditor Plan { get; }

    /// <summary>Whether the draft is saved.</summary>
    public SaveState State { get; private set; }

    /// <summary>Changes the draft; it is saved soon.</summary>
    public void Update(Func<Draft, Draft> change)
    {
        var next = change(Draft);
        if (next == Draft)
        {
            return;
        }

        Draft = next;
        Plan.Options = PlanOptions.Of(next);
        State = SaveState.Pending;
        _timer.Change(Debounce, Timeout.InfiniteTimeSpan);
        Changed?.Invoke();
    }

    /// <summary>Saves now what is not saved yet.</summary>
    public async Task FlushAsync()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await SaveAsync();
    }

    /// <summary>
    /// Changes the draft and saves it at once, even when the page was left meanwhile: the change is then made to the draft
    /// as it was kept, so that nothing that was typed elsewhere since is overwritten.
    /// </summary>
    public async Task KeepAsync(Func<Draft, Draft> change)
    {
        if (_isDisposed)
        {
            await KeepAfterwardsAsync(change);
            return;
        }

        Update(change);
        await FlushAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Plan.Changed -= TakePlan;
        _isDisposed = true;
        await _timer.DisposeAsync();
        await _save;
        await SaveAsync();

        // The semaphore is left to the collector: somebody may still wait for a render to start and save it then.
    }

    private void TakePlan()
    {
        var before = Draft;
        var reading = Plan.TakeReading();
        Update(draft =>
        {
            var options = reading is null ? PlanOptions.Of(draft) : PlanOptions.Of(reading);
            return draft with
            {
                Plan = Plan.Plan,
                PlanText = Plan.UnreadableText,
                Title = Plan.Plan is { } plan ? plan.Title ?? "" : draft.Title,
                Song = reading?.Song ?? draft.Song,
                Seed = options.Seed,
                Generator = options.Generator,
                ModelId = options.ModelId,
                FinetuneId = options.FinetuneId,
                FinetuneStrength = options.FinetuneStrength,
            };
        });
        if (Draft == before)
        {
            // Another section is looked at: nothing to save, but to show.
            Changed?.Invoke();
        }
    }

    private async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            var draft = Draft;
            if (ReferenceEquals(draft, _saved))
            {
                return;
            }

            var saved = await _drafts.SaveAsync(draft with { Version = _version }, CancellationToken.None);
            _version = saved.Version;
            _saved = draft;
            State = ReferenceEquals(draft, Draft) ? SaveState.Saved : SaveState.Pending;
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

        Changed?.Invoke();
    }

    private async Task KeepAfterwardsAsync(Func<Draft, Draft> change)
    {
        await _saving.WaitAsync();
        try
        {
            // What disposal has not saved yet is saved with the change in it.
            Draft = change(Draft);
            if (await _drafts.FindAsync(Draft.Id, CancellationToken.None) is { } kept)
            {
                await _drafts.SaveAsync(change(kept), CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.SaveFailed(_logger, failure, Draft.Id);
        }
        finally
        {
            _saving.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Draft {DraftId} could not be saved.")]
        internal static partial void SaveFailed(ILogger logger, Exception failure, string draftId);
    }
}
