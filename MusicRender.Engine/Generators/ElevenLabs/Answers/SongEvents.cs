using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>Reads what events say of the song. What cannot be read is left out.</summary>
internal static class SongEvents
{
    private const int MaxWord = 200;

    /// <summary>The plan that the upstream followed: the event's data, or its field of that name; null when it is no plan by our limits.</summary>
    public static Composition? Plan(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && PlanReader.Read(data).Composition is CompositionPlan or ChunkPlan ? PlanReader.Read(data).Composition : null;

    /// <summary>Title, description, genres, languages, explicit lyrics; each may be missing or null.</summary>
    public static SongMetadata Metadata(JsonElement data)
    {
        var song = UpstreamJson.Field(data, "song_metadata") ?? data;
        return new SongMetadata
        {
            Title = UpstreamJson.Text(song, "title"),
            Description = UpstreamJson.Text(song, "description"),
            Genres = Texts(song, "genres"),
            Languages = Texts(song, "languages"),
            IsExplicit = UpstreamJson.Field(song, "is_explicit") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null,
        };
    }

    /// <summary>The words' times, from the beginning of the song.</summary>
    public static IReadOnlyList<WordTiming> Words(JsonElement data) =>
    [
        .. UpstreamJson.List(data, "words_timestamps")
            .Select(item => (Word: UpstreamJson.Text(item, "word")?.Trim(), Start: UpstreamJson.Whole(item, "start_ms"), End: UpstreamJson.Whole(item, "end_ms")))
            .Where(item => item is { Word.Length: > 0 and <= MaxWord, Start: >= 0 })
            .Select(item => new WordTiming(item.Word!, item.Start!.Value, Math.Max(item.Start.Value, item.End ?? item.Start.Value))),
    ];

    /// <summary>The waveform, −1000 to 1000 in the event, as 0–1.</summary>
    public static IReadOnlyList<float> Waveform(JsonElement data) =>
    [
        .. UpstreamJson.List(data, "waveform_visual")
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var value) ? (float)Math.Min(1, Math.Abs(value) / 1000) : 0),
    ];

    private static List<string> Texts(JsonElement json, string name) =>
        [.. UpstreamJson.List(json, name).Select(UpstreamJson.Text).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];
}
