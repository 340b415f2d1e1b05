using MusicRender.Engine.Audio;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api.Documents;

/// <summary>What the contract says of an operation, chained to its route. Examples are in <c>examples.json</c>, by the operation's name.</summary>
internal static class OperationDocs
{
    /// <summary>The media type of problem details.</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>The media type of everything else that is no file.</summary>
    public const string Json = "application/json";

    /// <summary>Puts a route into the contract.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's name, for programs that are generated from the contract.</param>
    /// <param name="tag">The chapter it stands in.</param>
    /// <param name="summary">What it does, in a few words.</param>
    /// <param name="description">More, in Markdown.</param>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder route, string name, string tag, string summary, string description) => route
        .WithMetadata(new OperationName(name))
        .WithTags(tag)
        .WithSummary(summary)
        .WithDescription(description)
        .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);

    /// <summary>The body is JSON of a type. Not <c>Accepts</c>: that refuses JSON of another media type, which clients in the field send.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.WithMetadata(new BodyDoc(typeof(T)));

    /// <summary>A parameter of the query.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, QueryDoc parameter) => route.WithMetadata(parameter);

    /// <summary>The header that makes the same request the same render when it comes again.</summary>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder route) => route.WithMetadata(new HeaderDoc(
        Callers.IdempotencyHeader,
        "The caller's own name for this request: what comes again with the same key within 24 hours is the same render, and is paid for once. Another request with it is refused: 422, `details.reason` `idempotency_key_reused`. A refused request uses no key up.")
    { MaxLength = Engine.Rendering.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" });

    /// <summary>Cannot do without the header <see cref="Callers.IdempotencyHeader"/>.</summary>
    public static RouteHandlerBuilder NeedsIdempotencyKey(this RouteHandlerBuilder route) => route.WithMetadata(new HeaderDoc(
        Callers.IdempotencyHeader,
        "The key that the render was started with, within the last 24 hours.")
    { MaxLength = Engine.Rendering.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$", IsNeeded = true });

    /// <summary>Answers with JSON of a type.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status, string description) => route.Gives(status, description, Json, typeof(T));

    /// <summary>Answers without a body.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, int status, string description) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)) { Description = description });

    /// <summary>Answers with audio: all of it, or the range that was asked for.</summary>
    public static RouteHandlerBuilder GivesAudio(this RouteHandlerBuilder route) => route.GivesFile("The audio.", AudioFormat.ContentType);

    /// <summary>Answers with a file that is kept: all of it, or the range that was asked for.</summary>
    /// <param name="route">The route.</param>
    /// <param name="what">What it is, as a sentence.</param>
    /// <param name="contentTypes">Its media types.</param>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, string what, params string[] contentTypes) => route
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(FileDoc), contentTypes) { Description = $"{what} `ETag`, `Last-Modified`, `Content-Length` and `Accept-Ranges` are there." })
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(FileDoc), contentTypes) { Description = "The range that was asked for with `Range: bytes=…`." })
        .Gives(StatusCodes.Status304NotModified, "The caller's copy (`If-None-Match`, `If-Modified-Since`) is the newest.")
        .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status416RangeNotSatisfiable, StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers with something of another media type.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, int status, string description, string contentType, Type type) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(status, type, [contentType]) { Description = description });

    /// <summary>Refuses with problem details of these statuses.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Gives(status, Meaning(status), ProblemJson, typeof(ProblemBody));
        }

        return route;
    }

    private static string Meaning(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "The access token is missing or wrong; on loopback none is needed unless one is configured. `details.reason` is `token_needed` or `token_wrong`.",
        StatusCodes.Status403Forbidden => "A page of a foreign origin asked: see `MusicRender:Cors:Origins`.",
        StatusCodes.Status404NotFound => "There is no such thing.",
        StatusCodes.Status409Conflict => "Not in this state; `details.reason` says which.",
        StatusCodes.Status412PreconditionFailed => "The file is another one by now.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than the server takes (256 KiB unless configured otherwise).",
        StatusCodes.Status416RangeNotSatisfiable => "The file does not have the range asked for.",
        StatusCodes.Status422UnprocessableEntity => "Something about the request is wrong: `errors` names each problem with its JSON path.",
        StatusCodes.Status429TooManyRequests => "Too much from one address: try again after `Retry-After` seconds. `details.reason` is `too_many_requests`, or `too_many_tries` after wrong access tokens. Where a render is started, also `queue_full`: too many wait already, of all or of this client; `details.retry_after_seconds` says when there may be room.",
        StatusCodes.Status500InternalServerError => "The server failed. `detail` says what a person can do.",
        StatusCodes.Status502BadGateway => "ElevenLabs refused or could not be reached: `details.reason` is `invalid_key`, `insufficient_credits`, `subscription_required`, `refused`, `unreachable`, `unavailable` or `bad_answer`.",
        StatusCodes.Status503ServiceUnavailable => "Busy, stopping (`draining`), or the storage of the files is away (`library`): try again later, after `Retry-After` seconds where it is there. `details.reason` says which.",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}

/// <summary>The name of an operation. Not <c>WithName</c>: routes of two methods give two operations, whose names differ.</summary>
/// <param name="Value">For example <c>writePrompt</c>.</param>
internal sealed record OperationName(string Value);

/// <summary>The type of a request's body.</summary>
/// <param name="Type">The type.</param>
internal sealed record BodyDoc(Type Type);

/// <summary>A parameter of the query.</summary>
/// <param name="Name">As it is written in the address.</param>
/// <param name="Description">What it is for, in Markdown.</param>
internal sealed record QueryDoc(string Name, string Description)
{
    /// <summary>The values there are, or null.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The least, or null when it is no number.</summary>
    public long? Least { get; init; }

    /// <summary>The most of a number, or the most characters of a text; null for no limit.</summary>
    public long? Most { get; init; }

    /// <summary>What is taken when it is not there, or null.</summary>
    public string? Otherwise { get; init; }
}

/// <summary>A header of a request.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">What it is for, in Markdown.</param>
internal sealed record HeaderDoc(string Name, string Description)
{
    /// <summary>The most characters.</summary>
    public required int MaxLength { get; init; }

    /// <summary>What it must look like, as a regular expression.</summary>
    public required string Pattern { get; init; }

    /// <summary>Whether nothing is done without it.</summary>
    public bool IsNeeded { get; init; }
}

/// <summary>Stands for a file in the types of answers.</summary>
internal sealed record FileDoc;

/// <summary>Stands for a stream of server-sent events in the types of answers.</summary>
internal sealed record EventsDoc;
