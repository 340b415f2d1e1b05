using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>
/// The drafts that are open in a page. All pages of a draft share one document: an edit in one of them is made to what the
/// others made of it, and the later edit wins. The document is closed, and everything in it saved, when the last page is.
/// </summary>
public sealed class OpenDrafts : IDisposable
{
    private readonly IDrafts _drafts;
    private readonly ILibraryNews _news;
    private readonly TimeProvider _time;
    private readonly ILogger<ComposeSession> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>None is open at first.</summary>
    /// <param name="drafts">Where they are kept.</param>
    /// <param name="news">Tells what other nodes saved.</param>
    /// <param name="time">Groups typing and waits between saves.</param>
    /// <param name="logger">Is told of saves that fail.</param>
    public OpenDrafts(IDrafts drafts, ILibraryNews news, TimeProvider time, ILogger<ComposeSession> logger)
    {
        (_drafts, _news, _time, _logger) = (drafts, news, time, logger);
        news.Changed += Follow;
    }

    /// <summary>Opens a draft, or joins those who have it open; null when there is none.</summary>
    public async Task<ComposeSession?> OpenAsync(string id)
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out entry!))
            {
                _entries[id] = entry = new Entry(LoadAsync(id));
            }

            entry.Pages++;
        }

        DraftDocument? document = null;
        try
        {
            document = await entry.Document;
        }
        finally
        {
            if (document is null)
            {
                lock (_lock)
                {
                    if (_entries.TryGetValue(id, out var current) && current == entry)
                    {
                        _entries.Remove(id);
                    }
                }
            }
        }

        return document is null ? null : new ComposeSession(document, this);
    }

    /// <inheritdoc/>
    public void Dispose() => _news.Changed -= Follow;

    /// <summary>A page goes; with the last one the document is saved and closed.</summary>
    internal async ValueTask LeaveAsync(DraftDocument document)
    {
        // Somebody who comes while it is being saved joins this one.
        await document.FlushAsync();
        Entry entry;
        lock (_lock)
        {
            entry = _entries[document.Draft.Id];
            entry.Pages--;
            if (entry.Pages == 0 && document.State is not SaveState.Saved)
            {
                // The disk is full or gone: what was typed stays here until it can be saved.
                entry.Closing = CloseWhenSavedAsync(document, entry);
                return;
            }
        }

        await CloseAsync(document, entry);
    }

    private async Task CloseWhenSavedAsync(DraftDocument document, Entry entry)
    {
        await document.WhenSavedAsync();
        await CloseAsync(document, entry);
    }

    private async Task CloseAsync(DraftDocument document, Entry entry)
    {
        lock (_lock)
        {
            if (entry.Pages > 0 || !_entries.Remove(document.Draft.Id))
            {
                return;
            }
        }

        await document.DisposeAsync();
    }

    private async Task<DraftDocument?> LoadAsync(string id) =>
        await _drafts.FindAsync(id, CancellationToken.None) is { } draft
            ? new DraftDocument(draft, await _drafts.StepsAsync(id, CancellationToken.None), _drafts, _time, _logger)
            : null;

    private void Follow(LibraryChange change)
    {
        List<Task<DraftDocument?>> open;
        lock (_lock)
        {
            open = change.Part switch
            {
                LibraryPart.Draft when _entries.TryGetValue(change.Id, out var entry) => [entry.Document],
                LibraryPart.Everything => [.. _entries.Values.Select(entry => entry.Document)],
                _ => [],
            };
        }

        open.ForEach(document => _ = TakeUpAsync(document, change.Part is LibraryPart.Draft ? change.Version : long.MaxValue));
    }

    private static async Task TakeUpAsync(Task<DraftDocument?> opening, long version)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening is { IsCompletedSuccessfully: true, Result: { } document } && document.Version < version)
        {
            await document.TakeUpAsync();
        }
    }

    private sealed class Entry(Task<DraftDocument?> document)
    {
        public Task<DraftDocument?> Document { get; } = document;

        public int Pages { get; set; }

        public Task Closing { get; set; } = Task.CompletedTask;
    }
}
