namespace MusicRender.Web.Studio;

/// <summary>What one visitor's page is told of the tracks that it may be playing. The playing itself is the browser's.</summary>
public sealed class NowPlaying
{
    /// <summary>Raised with the id of a track that this visitor has removed: its sound stops.</summary>
    public event Action<string>? Removed;

    /// <summary>A track is gone from the library.</summary>
    public void Forget(string trackId) => Removed?.Invoke(trackId);
}
