using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Contracts;

/// <summary>From the engine's records of stems to the wire's.</summary>
public static class StemMapping
{
    /// <summary>A set's name on the wire.</summary>
    public static string NameOf(StemSet set) => set == StemSet.Two ? "two" : "six";

    /// <summary>The set of a name, or null.</summary>
    public static StemSet? SetOf(string? name) => name switch
    {
        "two" => StemSet.Two,
        "six" => StemSet.Six,
        _ => null,
    };

    /// <summary>Where a set is told of.</summary>
    public static string StatusUrl(string trackId, StemSet set) => $"/tracks/{trackId}/stems/{NameOf(set)}";

    /// <summary>Where to hear a stem.</summary>
    public static string StemUrl(string trackId, StemSet set, string name) => $"{StatusUrl(trackId, set)}/{Uri.EscapeDataString(name)}";

    /// <summary>Where to download a track with everything that belongs to it.</summary>
    public static string ZipUrl(string trackId) => $"/tracks/{trackId}/zip";

    /// <summary>Where a set stands.</summary>
    public static StemSetBody ToBody(this StemStatus status) => new()
    {
        TrackId = status.TrackId,
        Set = NameOf(status.Set),
        State = status.State.ToString().ToLowerInvariant(),
        ProgressPercent = status.Percent,
        Message = status.Message,
        Stems = [.. status.Stems.Select(stem => new StemBody(stem.Name, StemUrl(status.TrackId, status.Set, stem.Name), stem.FileSizeBytes, stem.Peaks))],
        Error = status.Failure is { } failure ? new StemErrorBody(WireMapping.CodeName(failure.Code), failure.Message, failure.Details) : null,
        StatusUrl = StatusUrl(status.TrackId, status.Set),
        EventsUrl = $"{StatusUrl(status.TrackId, status.Set)}/events",
    };
}
