namespace MusicRender.Engine.Library;

/// <summary>A part of the library that somebody may hold in memory.</summary>
public enum LibraryPart
{
    /// <summary>Any: what happened in between is not known.</summary>
    Everything,

    /// <summary>A draft was saved.</summary>
    Draft,

    /// <summary>Something was set in the studio.</summary>
    Setting,

    /// <summary>A secret was kept or removed.</summary>
    Secret,

    /// <summary>A track was removed.</summary>
    TrackRemoved,
}

/// <summary>A change of the library.</summary>
/// <param name="Part">What of it changed.</param>
/// <param name="Id">Which one: the draft's or track's id, the setting's or secret's name; empty for everything.</param>
/// <param name="Version">The draft's version by now; else 0.</param>
public readonly record struct LibraryChange(LibraryPart Part, string Id, long Version);

/// <summary>
/// Tells what changed in a library that several processes share, this one's own changes too. Where there is only this process,
/// nothing is told: whoever changes something knows it.
/// </summary>
public interface ILibraryNews
{
    /// <summary>Raised on any thread, one change after the other.</summary>
    event Action<LibraryChange>? Changed;
}

/// <summary>The news of a library that nobody else is on.</summary>
internal sealed class NoNews : ILibraryNews
{
    public event Action<LibraryChange>? Changed
    {
        add { }
        remove { }
    }
}
