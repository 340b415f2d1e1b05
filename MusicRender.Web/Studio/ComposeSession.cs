using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>One page's view of a draft on its way through the wizard. What is changed in one page is at once in all others that show the draft.</summary>
public sealed class ComposeSession : IAsyncDisposable
{
    private readonly DraftDocument _document;
    private readonly OpenDrafts? _open;
    private bool _isDisposed;

    /// <summary>Opens a draft that nobody else has open.</summary>
    public ComposeSession(Draft draft, IDrafts drafts, TimeProvider time, ILogger<ComposeSession> logger)
        : this(new DraftDocument(draft, [], drafts, time, logger), null)
    {
    }

    /// <summary>Looks at a draft that others may have open too.</summary>
    internal ComposeSession(DraftDocument document, OpenDrafts? open)
    {
        _document = document;
        _open = open;
        Plan = new PlanEditor(document.History);
        document.Changed += Tell;
        Plan.Changed += TellOfPlan;
    }

    /// <summary>Raised after every change and when the state of saving changes; on any thread.</summary>
    public event Action? Changed;

    /// <summary>The draft as it stands.</summary>
    public Draft Draft => _document.Draft;

    /// <summary>Edits its plan.</summary>
    public PlanEditor Plan { get; }

    /// <summary>Whether the draft is saved.</summary>
    public SaveState State => _document.State;

    /// <summary>True when the last change was made in another page.</summary>
    public bool IsChangedElsewhere { get; private set; }

    /// <summary>Changes the draft; it is saved soon.</summary>
    public void Update(Func<Draft, Draft> change) => _document.Update(change, Plan);

    /// <summary>Saves now what is not saved yet.</summary>
    public Task FlushAsync() => _document.FlushAsync();

    /// <summary>Completes when everything that has been changed until now is saved, however long that takes.</summary>
    public Task WhenSavedAsync() => _document.WhenSavedAsync();

    /// <summary>A text of a page of a browser has arrived, and all before it.</summary>
    internal void Hear(string page, long number) => _document.Heard.Hear(page, number);

    /// <summary>True when a text of a page of a browser arrived, whatever became of it.</summary>
    internal bool HasHeard(string page, long number) => _document.Heard.Has(page, number);

    /// <summary>
    /// Changes the draft and saves it at once, even when the page was left meanwhile: the change is then made to the draft
    /// as it stands by now, so that nothing that was typed elsewhere since is overwritten.
    /// </summary>
    public async Task KeepAsync(Func<Draft, Draft> change)
    {
        if (!_isDisposed)
        {
            Update(change);
            await FlushAsync();
        }
        else if (_open is null)
        {
            await _document.KeepAfterwardsAsync(change);
        }
        else if (await _open.OpenAsync(Draft.Id) is { } session)
        {
            await using (session)
            {
                session.Update(change);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _document.Changed -= Tell;
        Plan.Changed -= TellOfPlan;
        Plan.Dispose();
        await (_open is null ? _document.DisposeAsync() : _open.LeaveAsync(_document));
    }

    private void Tell(object? by)
    {
        if (by is not null)
        {
            IsChangedElsewhere = !ReferenceEquals(by, Plan);
        }

        Changed?.Invoke();
    }

    private void TellOfPlan()
    {
        IsChangedElsewhere = Plan.IsEditedElsewhere;
        Changed?.Invoke();
    }
}
