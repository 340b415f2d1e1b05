namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>The events of <c>POST /v1/music/detailed/stream</c>.</summary>
internal static class EventNames
{
    public const string AudioChunk = "audio_chunk";
    public const string CompositionPlan = "composition_plan";
    public const string SongMetadata = "song_metadata";
    public const string Done = "done";
    public const string Error = "error";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { AudioChunk, CompositionPlan, SongMetadata, Done, Error };

    /// <summary>True for an event that means something here; all others are passed over, whatever they hold.</summary>
    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>True when a name says nothing: none, or the one that the format itself gives to events without a name.</summary>
    public static bool IsNone(string name) => name is "" or "message";
}
