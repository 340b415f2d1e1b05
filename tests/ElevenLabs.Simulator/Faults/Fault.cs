using System.Text.Json;
using System.Text.Json.Serialization;
using ElevenLabs.Simulator.Contract;

namespace ElevenLabs.Simulator.Faults;

/// <summary>What goes wrong, or only looks different, in the next calls of a key. In JSON: snake_case names and values.</summary>
public sealed record Fault
{
    /// <summary>The call it is for, as <see cref="Endpoints"/> names them; null for every call.</summary>
    public string? Endpoint { get; init; }

    /// <summary>For how many calls; 0 for all.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What goes wrong. All else of this record can go along with <see cref="FaultKind.None"/> too.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>The HTTP status instead of the documented one.</summary>
    public int? Status { get; init; }

    /// <summary>The shape of a refusal's body.</summary>
    public ErrorShape Shape { get; init; }

    /// <summary>How a suggestion is given.</summary>
    public SuggestionForm Suggestion { get; init; }

    /// <summary>The upstream's words instead of the usual ones. Of <see cref="FaultKind.Refusal"/> the whole body.</summary>
    public string? Message { get; init; }

    /// <summary>The header <c>Retry-After</c>, seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The place that <see cref="FaultKind.Validation"/> names.</summary>
    public JsonElement? Loc { get; init; }

    /// <summary>The byte of the answer's body before which it happens; behind the last byte when there are fewer. Of <see cref="FaultKind.Reset"/> and <see cref="FaultKind.Close"/> null is before the headers, when the call has been read.</summary>
    public long? At { get; init; }

    /// <summary>The audio part at which it happens.</summary>
    public int Part { get; init; }

    /// <summary>The answer's content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Time before the first byte, ms, instead of the usual.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>Pace of the music instead of the usual.</summary>
    public double? Pace { get; init; }

    /// <summary>How the events of a stream are written.</summary>
    public EventForm Events { get; init; }

    /// <summary>In which order they come.</summary>
    public EventOrder Order { get; init; }

    /// <summary>The end of lines in streams and multipart answers: "lf", "crlf". Null is the usual: LF in streams, CRLF in multipart.</summary>
    public LineEnd? LineEnd { get; init; }

    /// <summary>Base64 with JSON escapes in it.</summary>
    public bool EscapedBase64 { get; init; }

    /// <summary>The audio as the last field of its event, not the first.</summary>
    public bool AudioLast { get; init; }

    /// <summary>Comment lines between the events of a stream.</summary>
    public bool Pings { get; init; }

    /// <summary>The boundary in the content type of a multipart answer, with quotes.</summary>
    public bool QuotedBoundary { get; init; }

    /// <summary>What is left out: "composition_plan", "song_metadata", "audio", "done", "json", "song-id", "x-trace-id".</summary>
    public IReadOnlyList<string> Omit { get; init; } = [];

    internal bool Omits(string what) => Omit.Contains(what);

    internal bool IsFor(string endpoint) => Endpoint is null || Endpoint == endpoint;
}

/// <summary>What can go wrong.</summary>
[JsonConverter(typeof(SnakeCaseConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>400: the prompt is refused, with a suggestion.</summary>
    BadPrompt,

    /// <summary>400: the plan is refused, with or without a suggestion.</summary>
    BadCompositionPlan,

    /// <summary>401.</summary>
    InvalidApiKey,

    /// <summary>401.</summary>
    MissingApiKey,

    /// <summary>401, in the old shape: no credits.</summary>
    QuotaExceeded,

    /// <summary>402.</summary>
    InsufficientCredits,

    /// <summary>403.</summary>
    SubscriptionRequired,

    /// <summary>403.</summary>
    FeatureNotAvailable,

    /// <summary>422 with a list of fields.</summary>
    Validation,

    /// <summary>429: too many at once.</summary>
    ConcurrentLimitExceeded,

    /// <summary>429: too many in a time.</summary>
    RateLimitExceeded,

    /// <summary>429: the service is busy.</summary>
    SystemBusy,

    /// <summary>500.</summary>
    InternalServerError,

    /// <summary>503.</summary>
    ServiceUnavailable,

    /// <summary>A refusal of its own: status, content type and body (message) as given.</summary>
    Refusal,

    /// <summary>An error event in the stream before a part, and nothing after it.</summary>
    ErrorEvent,

    /// <summary>Silence from a byte on, the connection open.</summary>
    Stall,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection is closed in the middle of the answer.</summary>
    Close,

    /// <summary>The answer ends early, but in good form.</summary>
    Truncate,

    /// <summary>Base64 of a part that is none.</summary>
    BrokenBase64,

    /// <summary>JSON that is none: in the event of a part, in the first part of a multipart answer, or in a JSON body.</summary>
    BrokenJson,

    /// <summary>Bytes that mean nothing, with status 200.</summary>
    Garbage,

    /// <summary>A ZIP without files.</summary>
    EmptyZip,

    /// <summary>A ZIP with names that lead out of its folder, and with names that nobody knows.</summary>
    HostileZip,
}

/// <summary>The shape of a refusal's body.</summary>
[JsonConverter(typeof(SnakeCaseConverter<ErrorShape>))]
public enum ErrorShape
{
    /// <summary>As the table of errors has it: most in the full shape, some in the old one.</summary>
    Usual,

    /// <summary><c>{"detail":{"type","code","message","status","request_id","param"}}</c></summary>
    Full,

    /// <summary><c>{"detail":{"status","message"}}</c></summary>
    Legacy,

    /// <summary><c>{"detail":"…"}</c></summary>
    Text,

    /// <summary>A page of a gateway.</summary>
    Html,

    /// <summary>Nothing.</summary>
    Empty,
}

/// <summary>How a suggestion is given.</summary>
[JsonConverter(typeof(SnakeCaseConverter<SuggestionForm>))]
public enum SuggestionForm
{
    /// <summary>A plan as an object, a prompt as text.</summary>
    Object,

    /// <summary>A plan as JSON in a string.</summary>
    JsonString,

    /// <summary>None: harmful content.</summary>
    None,
}

/// <summary>How events are written.</summary>
[JsonConverter(typeof(SnakeCaseConverter<EventForm>))]
public enum EventForm
{
    /// <summary>Line <c>event:</c>, then line <c>data:</c>.</summary>
    EventLine,

    /// <summary>Line <c>data:</c>, then line <c>event:</c>.</summary>
    EventLineAfterData,

    /// <summary>Only <c>data:</c> with <c>{"event":"…","data":{…}}</c> in it.</summary>
    Wrapped,
}

/// <summary>The order of events.</summary>
[JsonConverter(typeof(SnakeCaseConverter<EventOrder>))]
public enum EventOrder
{
    /// <summary>First part, plan, metadata, the other parts, done.</summary>
    Recorded,

    /// <summary>Plan and metadata, the parts, done.</summary>
    PlanFirst,

    /// <summary>The parts, metadata, plan, done.</summary>
    PlanLast,

    /// <summary>The parts from the last to the first, plan and metadata between them, done.</summary>
    PartsReversed,
}

/// <summary>The end of a line.</summary>
[JsonConverter(typeof(SnakeCaseConverter<LineEnd>))]
public enum LineEnd
{
    /// <summary>LF.</summary>
    Lf,

    /// <summary>CR LF.</summary>
    Crlf,
}

internal sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
