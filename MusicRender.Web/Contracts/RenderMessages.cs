using System.Text.Json;
using System.Text.Json.Serialization;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Contracts;

/// <summary>One message of <c>WS /render/ws</c> and of a render's event stream, server to client.</summary>
[JsonDerivedType(typeof(ProgressMessage)), JsonDerivedType(typeof(ResultMessage)), JsonDerivedType(typeof(ErrorMessage))]
public abstract record RenderMessage
{
    /// <summary>"progress", "result" or "error".</summary>
    [JsonPropertyOrder(-10)]
    public abstract string Type { get; }
}

/// <summary>How far a render is.</summary>
public sealed record ProgressMessage : RenderMessage
{
    /// <inheritdoc/>
    public override string Type => "progress";

    /// <summary>A stage of the contract's table.</summary>
    public required string Stage { get; init; }

    /// <summary>0–100.</summary>
    public required int ProgressPercent { get; init; }

    /// <summary>In words.</summary>
    public required string Message { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The render; not there before it was accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RenderId { get; init; }

    /// <summary>1, 2, 3, … per render.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    /// <summary>1 is next; only while waiting.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? QueuePosition { get; init; }

    /// <summary>Seconds until the render is done, the wait included; while it waits or generates, as soon as that is known from measured renders.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EtaSeconds { get; init; }

    /// <summary>Where the audio can be heard while it is being made, as soon as there is any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LiveUrl { get; init; }
}

/// <summary>A render succeeded.</summary>
public sealed record ResultMessage : RenderMessage
{
    /// <inheritdoc/>
    public override string Type => "result";

    /// <summary>What was made.</summary>
    public required RenderResultBody Data { get; init; }

    /// <summary>Its place in the render's log.</summary>
    public required long Sequence { get; init; }
}

/// <summary>A render failed, or the request was not understood.</summary>
public sealed record ErrorMessage : RenderMessage
{
    /// <inheritdoc/>
    public override string Type => "error";

    /// <summary>INVALID_REQUEST, VALIDATION_ERROR or SERVER_ERROR.</summary>
    public required string ErrorCode { get; init; }

    /// <summary>For people.</summary>
    public required string Message { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>For programs: an object, or not there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Details { get; init; }

    /// <summary>The render, when there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RenderId { get; init; }

    /// <summary>Its place in the render's log, when there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }
}

/// <summary>A finished render: <c>data</c> of the result message, and the answer of <c>POST /render</c>.</summary>
public sealed record RenderResultBody
{
    /// <summary>The file's name.</summary>
    public required string Filename { get; init; }

    /// <summary>Its path below the library's root.</summary>
    public required string FilePath { get; init; }

    /// <summary>Where to download it, from the server's root.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>Where to play it, from the server's root.</summary>
    public required string StreamUrl { get; init; }

    /// <summary>"audio/mpeg".</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long FileSizeBytes { get; init; }

    /// <summary>The plan that was rendered, in its own shape.</summary>
    public required Composition? CompositionPlan { get; init; }

    /// <summary>What is known of the song.</summary>
    public required SongMetadataBody? SongMetadata { get; init; }

    /// <summary>The request's id.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The render's id, and the track's.</summary>
    public required string Id { get; init; }

    /// <summary>Length, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>When the words are sung, or null.</summary>
    public required IReadOnlyList<WordTiming>? WordsTimestamps { get; init; }

    /// <summary>The generator's name.</summary>
    public required string Generator { get; init; }

    /// <summary>The seed used.</summary>
    public required int Seed { get; init; }

    /// <summary>What the upstream calls the song, when it said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SongId { get; init; }

    /// <summary>The plan that the upstream says it followed, when it said so and it is not the one above.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Composition? UpstreamPlan { get; init; }

    /// <summary>True for a take that did not come to its end and was kept all the same; else not there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPartial { get; init; }
}

/// <summary>What arrived of a paid render that did not come to its end.</summary>
/// <param name="DurationMs">Length of what arrived, ms.</param>
/// <param name="FileSizeBytes">Bytes of what arrived.</param>
/// <param name="LiveUrl">Where to play it.</param>
/// <param name="KeepUrl">Where to post the wish to make a track of it.</param>
public sealed record PartialTakeBody(int DurationMs, long FileSizeBytes, string LiveUrl, string KeepUrl);

/// <summary>What is known of a song.</summary>
public sealed record SongMetadataBody
{
    /// <summary>The title, or null.</summary>
    public required string? Title { get; init; }

    /// <summary>A sentence or two, or null.</summary>
    public required string? Description { get; init; }

    /// <summary>Foremost first.</summary>
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>Moods.</summary>
    public required IReadOnlyList<string> Moods { get; init; }

    /// <summary>Free tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>BCP 47.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Null when nobody judged.</summary>
    public required bool? IsExplicit { get; init; }

    /// <summary>Beats a minute.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Bpm { get; init; }

    /// <summary>"E major".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>What the generator made of the styles.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Understood { get; init; }
}

/// <summary>Where a render stands: <c>GET /renders/{id}</c>.</summary>
public sealed record RenderStatusBody
{
    /// <summary>The render.</summary>
    public required string Id { get; init; }

    /// <summary>queued, running, succeeded, failed or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>The newest stage, or null before the first.</summary>
    public required string? Stage { get; init; }

    /// <summary>0–100.</summary>
    public required int ProgressPercent { get; init; }

    /// <summary>In words, or null before the first.</summary>
    public required string? Message { get; init; }

    /// <summary>The newest event's number.</summary>
    public required long Sequence { get; init; }

    /// <summary>1 is next; null when it does not wait.</summary>
    public required int? QueuePosition { get; init; }

    /// <summary>Seconds until it is done, the wait included; null when it has ended, or that is not known from measured renders.</summary>
    public required int? EtaSeconds { get; init; }

    /// <summary>The title asked for, or null.</summary>
    public required string? Title { get; init; }

    /// <summary>The generator's name.</summary>
    public required string Generator { get; init; }

    /// <summary>Accepted, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The generator began, UTC, or null.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>Ended, UTC, or null.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Where the audio can be heard while it is being made, as soon as there is any.</summary>
    public required string? LiveUrl { get; init; }

    /// <summary>What was made, or what was kept of a render that failed; or null.</summary>
    public required RenderResultBody? Result { get; init; }

    /// <summary>What arrived of a paid render that failed or was cancelled, while nobody has kept it; or null.</summary>
    public required PartialTakeBody? PartialTake { get; init; }

    /// <summary>Why it ended, or null.</summary>
    public required ErrorMessage? Error { get; init; }
}

/// <summary>A render that was accepted: the answer of <c>POST /renders</c>.</summary>
/// <param name="Id">The render.</param>
/// <param name="StatusUrl">Where it stands.</param>
/// <param name="EventsUrl">Its events.</param>
/// <param name="LiveUrl">Its audio while it is made, and afterwards.</param>
public sealed record RenderAcceptedBody(string Id, string StatusUrl, string EventsUrl, string LiveUrl);

/// <summary>A page of renders, newest first: <c>GET /renders</c>.</summary>
/// <param name="Renders">The page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Page">1, 2, ….</param>
/// <param name="PageSize">Renders a page.</param>
public sealed record RenderPageBody(IReadOnlyList<RenderStatusBody> Renders, int Total, int Page, int PageSize);
