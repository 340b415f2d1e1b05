namespace MusicRender.Engine.Jobs;

/// <summary>How the server stops: configuration section <c>MusicRender:Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The longest patience that may be configured.</summary>
    public static readonly TimeSpan MaxPatience = TimeSpan.FromMinutes(30);

    /// <summary>How long a stopping server waits for renders that may cost something when they are broken off. All others are let go of at once, and go on later.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);
}
