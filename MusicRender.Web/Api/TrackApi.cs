using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>/tracks</c>: the library.</summary>
internal static class TrackApi
{
    internal const int MaxTags = 50;
    internal const int MaxTag = 100;
    private const int MaxPoints = 8_000;
    private const string FromMs = "from_ms";
    private const string ToMs = "to_ms";
    private const string Points = "points";

    public static void MapTrackApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tracks", SearchAsync)
            .Documented("searchTracks", "Library", "Search the library", "Newest first.")
            .Asks(new("query", "Words of titles, tags, genres and styles."))
            .Asks(Queries.PageDoc)
            .Asks(Queries.PageSizeDoc(new TrackQuery().PageSize))
            .Gives<TrackPageBody>(200, "A page of tracks.")
            .Refuses(422, 500);
        routes.MapGet("/tracks/{id}/peaks", PeaksAsync)
            .Documented("trackPeaks", "Library", "A track's waveform", "For drawing it without reading the file: all of it, or a window of it as closely as one likes, down to 3 ms a value.")
            .Asks(new(FromMs, "Where the window begins, ms.") { Least = 0, Most = int.MaxValue, Otherwise = "0" })
            .Asks(new(ToMs, "Where it ends, ms: after its begin. The end of the track when it is not there.") { Least = 1, Most = int.MaxValue })
            .Asks(new(Points, "How many values.") { Least = 1, Most = MaxPoints, Otherwise = $"{PeakMeter.Points}" })
            .Gives<PeaksBody>(200, "The waveform.")
            .Refuses(404, 422, 500);
        routes.MapGet("/tracks/{id}", FindAsync)
            .Documented("findTrack", "Library", "A track", "With its plan and what is known of the song. A browser that asks for a page gets the studio's page of the track.")
            .Gives<TrackBody>(200, "The track.")
            .Refuses(404, 500);
        routes.MapPatch("/tracks/{id}", EditAsync)
            .Documented("editTrack", "Library", "Change title and tags", "What is not there stays as it is. The file's name never changes.")
            .Takes<TrackEditBody>()
            .Gives<TrackBody>(200, "The track as it is now.")
            .Refuses(403, 404, 413, 422, 500);
        routes.MapDelete("/tracks/{id}", DeleteAsync)
            .Documented("deleteTrack", "Library", "Remove a track", "With its file, its stems, and whatever else was made of it.")
            .Gives(204, "It is gone.")
            .Refuses(403, 404, 500);
    }

    private static async Task<IResult> SearchAsync(HttpContext context, ITrackLibrary library, CancellationToken ct)
    {
        var problems = new List<PlanProblem>();
        var page = context.Request.Page(problems);
        var pageSize = context.Request.PageSize(new TrackQuery().PageSize, problems);
        if (problems.Count > 0)
        {
            return Problems.Of(problems, "query");
        }

        var found = await library.SearchAsync(new TrackQuery(context.Request.Query["query"], page, pageSize), ct);
        return Results.Json(new TrackPageBody([.. found.Tracks.Select(track => track.ToBody())], found.Total, page, pageSize), WireJson.Wire.TrackPageBody);
    }

    private static async Task<IResult> FindAsync(string id, ITrackLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } track ? Results.Json(track.ToBody(), WireJson.Wire.TrackBody) : Unknown();

    /// <summary>What the catalogue has; for a window what was measured finely, now or before.</summary>
    private static async Task<IResult> PeaksAsync(string id, HttpContext context, ITrackLibrary library, ITrackFiles files, CancellationToken ct)
    {
        var problems = new List<PlanProblem>();
        var from = context.Request.Number(FromMs, 0, int.MaxValue, 0, problems);
        var to = context.Request.Number(ToMs, 1, int.MaxValue, int.MaxValue, problems);
        var points = context.Request.Number(Points, 1, MaxPoints, PeakMeter.Points, problems);
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return Unknown();
        }

        to = Math.Min(to, track.DurationMs);
        if (problems.Count == 0 && from >= to)
        {
            problems.Add(new PlanProblem(FromMs, $"must be before {ToMs} and the track's end, {track.DurationMs}"));
        }

        if (problems.Count > 0)
        {
            return Problems.Of(problems, "query");
        }

        if (from == 0 && to == track.DurationMs && points == PeakMeter.Points)
        {
            return await library.PeaksAsync(track.Id, ct) is { } peaks ? Answer(peaks) : Unknown();
        }

        var fine = await files.GetAsync(track, TrackFileKind.Waveform, ct);
        if (fine.File is not { } file)
        {
            return TrackFileApi.Refusal(fine.Failure!);
        }

        var duration = (double)track.DurationMs;
        return Answer(new Waveform(await ReadAsync(file, ct)).Window(from / duration, to / duration, points));

        IResult Answer(IReadOnlyList<float> peaks) => Results.Json(new PeaksBody(peaks, track.DurationMs, from, to), WireJson.Wire.PeaksBody);
    }

    private static async Task<byte[]> ReadAsync(StoredFile file, CancellationToken ct)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.Open();
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static async Task<IResult> EditAsync(string id, HttpContext context, ITrackLibrary library, CancellationToken ct)
    {
        var (body, problem) = await context.Request.ReadAsync(WireJson.Wire.TrackEditBody, ct);
        if (body is null)
        {
            return problem!;
        }

        if (Check(body) is { Count: > 0 } problems)
        {
            return Problems.Of(problems, "request");
        }

        var edited = await library.EditAsync(id, new TrackEdit(body.Title?.Trim(), body.Tags), ct);
        return edited is null ? Unknown() : Results.Json(edited.ToBody(), WireJson.Wire.TrackBody);
    }

    private static async Task<IResult> DeleteAsync(string id, ITrackLibrary library, CancellationToken ct) =>
        await library.DeleteAsync(id, ct) ? Results.NoContent() : Unknown();

    private static List<PlanProblem> Check(TrackEditBody body)
    {
        var problems = new List<PlanProblem>();
        if (body.Title is { } title && (string.IsNullOrWhiteSpace(title) || title.Length > PlanLimits.MaxTitle))
        {
            problems.Add(new PlanProblem("title", $"must be 1 to {PlanLimits.MaxTitle} characters"));
        }
        else if (ControlCharacters.Problem(body.Title ?? "") is { } problem)
        {
            problems.Add(new PlanProblem("title", problem));
        }

        if (body.Tags?.Count > MaxTags)
        {
            problems.Add(new PlanProblem("tags", $"must be at most {MaxTags}, but are {body.Tags.Count}"));
        }

        for (var i = 0; i < body.Tags?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(body.Tags[i]) || body.Tags[i].Length > MaxTag)
            {
                problems.Add(new PlanProblem($"tags[{i}]", $"must be 1 to {MaxTag} characters"));
            }
            else if (ControlCharacters.Problem(body.Tags[i]) is { } problem)
            {
                problems.Add(new PlanProblem($"tags[{i}]", problem));
            }
        }

        return problems;
    }

    private static IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "There is no track of that id.");
}
