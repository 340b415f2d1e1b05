using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>
/// How far the texts of browsers' pages have arrived. It is kept with the draft: a page that is loaded anew, or that finds another
/// process, sends again what it does not know to be saved, and what arrived must not undo what was done since.
/// </summary>
internal sealed class HeardTexts
{
    /// <summary>How many pages are remembered: those heard last.</summary>
    public const int MaxPages = 16;

    private const int MaxNameLength = 32;

    private readonly Lock _lock = new();
    private readonly List<HeardPage> _pages = [];

    /// <summary>The pages that were heard last, the last one at the end.</summary>
    public IReadOnlyList<HeardPage> Pages
    {
        get
        {
            lock (_lock)
            {
                return [.. _pages];
            }
        }
    }

    /// <summary>A text of a page has arrived, and all before it.</summary>
    public void Hear(string page, long number)
    {
        if (number <= 0 || page.Length > MaxNameLength)
        {
            // A page in which nothing was typed, or none of ours.
            return;
        }

        lock (_lock)
        {
            var at = _pages.FindIndex(heard => heard.Page == page);
            if (at >= 0)
            {
                number = Math.Max(number, _pages[at].Number);
                _pages.RemoveAt(at);
            }
            else if (_pages.Count == MaxPages)
            {
                _pages.RemoveAt(0);
            }

            _pages.Add(new HeardPage(page, number));
        }
    }

    /// <summary>What was heard elsewhere. It counts as heard before what was heard here.</summary>
    public void Merge(IReadOnlyList<HeardPage> pages)
    {
        lock (_lock)
        {
            var mine = _pages.ConvertAll(heard => heard with { Number = Math.Max(heard.Number, pages.FirstOrDefault(other => other.Page == heard.Page)?.Number ?? 0) });
            List<HeardPage> all = [.. pages.Where(other => !mine.Exists(heard => heard.Page == other.Page)), .. mine];
            _pages.Clear();
            _pages.AddRange(all.TakeLast(MaxPages));
        }
    }

    /// <summary>True when a text of a page arrived, whatever became of it.</summary>
    public bool Has(string page, long number)
    {
        lock (_lock)
        {
            return _pages.Exists(heard => heard.Page == page && number <= heard.Number);
        }
    }
}
