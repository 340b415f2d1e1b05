using System.Text.Json;

namespace MusicRender.Web.Contracts;

/// <summary>Request of <c>POST /tracks/{id}/stems</c>.</summary>
public sealed record StemsRequestBody
{
    /// <summary>"two" or "six".</summary>
    public string? Stems { get; init; }
}

/// <summary>A track's stems: <c>GET /tracks/{id}/stems</c>.</summary>
/// <param name="TrackId">The track.</param>
/// <param name="Offer">What taking it apart means, or null when nobody can do it now.</param>
/// <param name="Sets">The sets that were asked for.</param>
/// <param name="ZipUrl">The track with everything that belongs to it.</param>
public sealed record StemsBody(string TrackId, StemOfferBody? Offer, IReadOnlyList<StemSetBody> Sets, string ZipUrl);

/// <summary>What taking a track apart means.</summary>
/// <param name="IsFree">True when it runs on the server and costs nothing; else it uses credits of the upstream's account.</param>
public sealed record StemOfferBody(bool IsFree);

/// <summary>Where a set of stems stands.</summary>
public sealed record StemSetBody
{
    /// <summary>The track.</summary>
    public required string TrackId { get; init; }

    /// <summary>"two" or "six".</summary>
    public required string Set { get; init; }

    /// <summary>"running", "succeeded" or "failed".</summary>
    public required string State { get; init; }

    /// <summary>0–100.</summary>
    public required int ProgressPercent { get; init; }

    /// <summary>What is going on, in words.</summary>
    public required string Message { get; init; }

    /// <summary>The stems, once done; else empty.</summary>
    public required IReadOnlyList<StemBody> Stems { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public required StemErrorBody? Error { get; init; }

    /// <summary>Where this is told.</summary>
    public required string StatusUrl { get; init; }

    /// <summary>The same as server-sent events, live.</summary>
    public required string EventsUrl { get; init; }
}

/// <summary>One stem.</summary>
/// <param name="Name">"vocals", "drums", ….</param>
/// <param name="Url">Its MP3, with ranges.</param>
/// <param name="FileSizeBytes">Bytes.</param>
/// <param name="Peaks">500 values, 0–1.</param>
public sealed record StemBody(string Name, string Url, long FileSizeBytes, IReadOnlyList<float> Peaks);

/// <summary>Why stems were not made.</summary>
/// <param name="ErrorCode">INVALID_REQUEST, VALIDATION_ERROR or SERVER_ERROR.</param>
/// <param name="Message">For people.</param>
/// <param name="Details">For programs, or null.</param>
public sealed record StemErrorBody(string ErrorCode, string Message, JsonElement? Details);
