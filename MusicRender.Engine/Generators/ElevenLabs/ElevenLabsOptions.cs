namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>ElevenLabs Music: configuration section <c>MusicRender:ElevenLabs</c>. Numbers of the upstream that are only weakly attested are all here.</summary>
public sealed class ElevenLabsOptions
{
    /// <summary>The key, or null. Also taken from the variable <c>ELEVENLABS_API_KEY</c>. Never logged, never shown.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where the API is.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.elevenlabs.io");

    /// <summary>The model of requests that name none: <c>music_v1</c> takes sections, all others chunks.</summary>
    public string ModelId { get; set; } = "music_v2";

    /// <summary>Renders at once, 1 to 1 000; the account's tier decides what the upstream takes.</summary>
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>How long the upstream may send nothing before its answer is given up, 1 s to 1 h.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long refusals that cost nothing are tried again, 0 to 1 h.</summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Credits a minute of music, for the estimate.</summary>
    public int CreditsPerMinute { get; set; } = 900;

    /// <summary>US dollars a minute of music, for the estimate.</summary>
    public decimal UsdPerMinute { get; set; } = 0.15m;
}
