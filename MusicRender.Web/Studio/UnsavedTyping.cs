using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>What a browser is told when fields that it keeps texts of are no longer as it typed them.</summary>
/// <param name="Number">The last of its texts that this knows of.</param>
/// <param name="Texts">The texts as they stand by now, by the names of their fields.</param>
/// <param name="Gone">Fields whose section somebody else removed.</param>
public sealed record TypingNews(long Number, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<string> Gone);

/// <summary>A text that was typed and has no place any more.</summary>
/// <param name="Field">The name of its field.</param>
/// <param name="Label">What people call that.</param>
/// <param name="Section">The name of the section that it was typed in, as far as anybody knows.</param>
/// <param name="Text">The text.</param>
public sealed record StrayText(string Field, string Label, string? Section, string Text);

/// <summary>
/// The server's side of what one page's browser keeps until it is saved. The browser numbers its texts. What arrived is not taken a
/// second time, so that nothing comes back that was taken back or overwritten since.
/// </summary>
public sealed class UnsavedTyping : IDisposable
{
    private readonly ComposeSession _session;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _removedHere = [];
    private IReadOnlyList<string> _sections;
    private Draft _followed;
    private IReadOnlyList<string> _fields = [];
    private long _number;
    private TaskCompletionSource _news = New();

    /// <summary>Follows a draft.</summary>
    public UnsavedTyping(ComposeSession session)
    {
        _session = session;
        _sections = session.Plan.SectionIds;
        _followed = session.Draft;
        session.Changed += Follow;
    }

    /// <summary>Raised when somebody else removed a section that a style is being typed for; on any thread.</summary>
    public event Action? LeftBehind;

    /// <summary>Texts without a place, the oldest first.</summary>
    public IReadOnlyList<StrayText> Strays { get; private set; } = [];

    /// <summary>Everything that a page of the browser typed until now has arrived.</summary>
    /// <param name="page">The browser's name for the page.</param>
    /// <param name="number">The number of the last text.</param>
    /// <param name="fields">The fields that it keeps texts of.</param>
    public void Hear(string page, long number, IReadOnlyList<string> fields)
    {
        _session.Hear(page, number);
        lock (_lock)
        {
            (_number, _fields) = (number, fields);
            if (Gone().Count > 0)
            {
                _news.TrySetResult();
            }
        }
    }

    /// <summary>Completes when everything that has arrived is saved, with null; or when fields it keeps texts of became something else, with what they are.</summary>
    public async Task<TypingNews?> WhenSavedAsync()
    {
        Task news;
        lock (_lock)
        {
            news = _news.Task;
        }

        var saved = _session.WhenSavedAsync();
        await Task.WhenAny(news, saved);
        lock (_lock)
        {
            if (_news.Task.IsCompleted)
            {
                _news = New();
                var gone = Gone();
                return new TypingNews(
                    _number,
                    _fields.Except(gone).Select(field => (Field: field, Text: TypedFields.Read(_session, field))).Where(field => field.Text is not null).ToDictionary(field => field.Field, field => field.Text!),
                    gone);
            }
        }

        await saved;
        return null;
    }

    /// <summary>Takes a text that perhaps never arrived.</summary>
    /// <param name="field">Its field.</param>
    /// <param name="text">The text.</param>
    /// <param name="page">The page that it was typed in, which may be an earlier one.</param>
    /// <param name="number">Its number there.</param>
    /// <returns>False when it has no place.</returns>
    public bool Take(string field, string text, string page, long number)
    {
        if (!TypedFields.IsUnfinished(field) && _session.HasHeard(page, number))
        {
            return true;
        }

        var isTaken = TypedFields.Write(_session, field, text);
        if (isTaken)
        {
            // Not before: a save in between would say that it has what it has not.
            _session.Hear(page, number);
        }

        return isTaken;
    }

    /// <summary>Keeps a text in sight that has no place.</summary>
    public void Show(string field, string text)
    {
        if (string.IsNullOrWhiteSpace(text) || Strays.Any(stray => stray.Field == field && stray.Text == text))
        {
            return;
        }

        var section = TypedFields.SectionOf(field) is { } id ? _session.Plan.Recall(id)?.SectionName : null;
        Strays = [.. Strays, new StrayText(field, TypedFields.LabelOf(field) ?? field, section, text)];
    }

    /// <summary>Somebody has done with such a text.</summary>
    public void Drop(StrayText stray) => Strays = [.. Strays.Where(other => other != stray)];

    /// <inheritdoc/>
    public void Dispose() => _session.Changed -= Follow;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Follow()
    {
        var plan = _session.Plan;
        var isLeftBehind = false;
        lock (_lock)
        {
            var (before, now) = (_sections, plan.SectionIds);
            if (ReferenceEquals(_followed, _session.Draft))
            {
                return;
            }

            (_sections, _followed) = (now, _session.Draft);
            if (!_session.IsChangedElsewhere)
            {
                _removedHere.UnionWith(before.Except(now));
            }

            _removedHere.ExceptWith(now);
            if (_fields.Count > 0 && (_session.IsChangedElsewhere || plan.IsRevisited))
            {
                _news.TrySetResult();
                isLeftBehind = Gone().Any(TypedFields.IsUnfinished);
            }
        }

        if (isLeftBehind)
        {
            LeftBehind?.Invoke();
        }
    }

    /// <summary>What was removed here was meant to be.</summary>
    private List<string> Gone() =>
        [.. _fields.Where(field => TypedFields.SectionOf(field) is { } id && !_removedHere.Contains(id) && _session.Plan.IndexOf(id) < 0)];
}
