using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>What the library page shows: one page of the tracks that match.</summary>
public sealed class LibraryView(ITrackLibrary library)
{
    /// <summary>Tracks a page.</summary>
    public const int PageSize = 24;

    private long _asked;

    /// <summary>The words searched for.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The page, from 1.</summary>
    public int Page { get; private set; } = 1;

    /// <summary>The tracks of the page; null before the first answer.</summary>
    public IReadOnlyList<Track>? Tracks { get; private set; }

    /// <summary>How many match in all.</summary>
    public int Total { get; private set; }

    /// <summary>How many pages there are, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>True when the library itself is empty, rather than the search.</summary>
    public bool IsEmpty => Tracks is { Count: 0 } && Text.Length == 0;

    /// <summary>Shows a page of a search. An answer that a later question has overtaken is dropped.</summary>
    public async Task ShowAsync(string? text, int page, CancellationToken ct)
    {
        var asked = ++_asked;
        var words = text?.Trim() ?? "";
        var wanted = Math.Max(1, page);
        var found = await library.SearchAsync(new TrackQuery(words, wanted, PageSize), ct);
        var last = Math.Max(1, (found.Total + PageSize - 1) / PageSize);
        if (wanted > last)
        {
            wanted = last;
            found = await library.SearchAsync(new TrackQuery(words, wanted, PageSize), ct);
        }

        if (asked == _asked)
        {
            (Text, Page, Tracks, Total) = (words, wanted, found.Tracks, found.Total);
        }
    }

    /// <summary>Removes a track and shows the page again.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await library.DeleteAsync(id, ct);
        await ShowAsync(Text, Page, ct);
    }
}
