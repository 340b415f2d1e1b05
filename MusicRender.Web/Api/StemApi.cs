using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>/tracks/{id}/stems</c>: a track's stems, and <c>/tracks/{id}/zip</c>: all of a track in one file.</summary>
internal static class StemApi
{
    /// <summary>The number of the last event: whoever has seen it need not come back.</summary>
    private const string EndId = "end";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapStemApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tracks/{id}/stems", StartAsync).WithMetadata(StartsWork.Mark)
            .Documented("makeStems", "Stems", "Take a track apart", "Starts it and answers at once; what runs or is done already is left alone. Sketch's own layers cost nothing, ElevenLabs' cost credits.")
            .Takes<StemsRequestBody>()
            .Gives<StemSetBody>(200, "They are there already.")
            .Gives<StemSetBody>(202, "Started, or under way.")
            .Refuses(403, 404, 409, 413, 422, 500, 502, 503);
        routes.MapGet("/tracks/{id}/stems", ListAsync)
            .Documented("listStems", "Stems", "A track's stems", "The sets that were asked for, and what making more would mean.")
            .Gives<StemsBody>(200, "The sets.")
            .Refuses(404, 500);
        routes.MapGet("/tracks/{id}/stems/{set}", FindAsync)
            .Documented("findStems", "Stems", "Where a set of stems stands", "Running, there, or failed.")
            .Gives<StemSetBody>(200, "Where it stands.")
            .Refuses(404, 500);
        routes.MapGet("/tracks/{id}/stems/{set}/events", WatchAsync)
            .Documented("watchStems", "Stems", "Follow a set of stems", "Server-sent events named `stems`; the data of each is a `StemSet`. The last one's `id` is `end`.")
            .Gives(200, "Where it stands, whenever that changes.", "text/event-stream", typeof(EventsDoc))
            .Gives(204, "`Last-Event-ID` says that the end was seen: no need to come back.")
            .Refuses(404, 500);
        routes.MapMethods("/tracks/{id}/stems/{set}/{name}", Reading, FileAsync)
            .Documented("streamStem", "Stems", "Play a stem", "The stem's file, in ranges when asked for.")
            .GivesAudio();
        routes.MapGet("/tracks/{id}/zip", ZipAsync)
            .Documented("zipTrack", "Stems", "All of a track in one file", "The track, `plan.json`, `lyrics.txt` when it is sung, and the stems that there are. Packed while it is sent.")
            .Gives(200, "The archive.", "application/zip", typeof(FileDoc))
            .Refuses(404, 500);
    }

    /// <summary>Starts; what runs or is done already is left alone.</summary>
    private static async Task<IResult> StartAsync(string id, HttpContext context, IStemJobs jobs, ITrackLibrary library, CancellationToken ct)
    {
        var (body, problem) = await context.Request.ReadAsync(WireJson.Wire.StemsRequestBody, ct);
        if (body is null)
        {
            return problem!;
        }

        if (StemMapping.SetOf(body.Stems) is not { } set)
        {
            return Problems.Of([new PlanProblem("stems", "must be two or six")], "request");
        }

        if (await library.FindAsync(id, ct) is not { } track || await jobs.StartAsync(track.Id, set, ct) is not { } start)
        {
            return UnknownTrack();
        }

        if (start.Status is not { } status)
        {
            return Problems.Of(start.Failure!);
        }

        context.Response.Headers.Location = StemMapping.StatusUrl(track.Id, set);
        return Results.Json(status.ToBody(), WireJson.Wire.StemSetBody, statusCode: status.HasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(string id, IStemJobs jobs, ITrackLibrary library, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return UnknownTrack();
        }

        var offer = jobs.OfferOf(track.Generator) is { } open ? new StemOfferBody(open.IsFree) : null;
        var sets = (await jobs.FindAsync(track.Id, ct)).Select(status => status.ToBody());
        return Results.Json(new StemsBody(track.Id, offer, [.. sets], StemMapping.ZipUrl(track.Id)), WireJson.Wire.StemsBody);
    }

    private static async Task<IResult> FindAsync(string id, string set, IStemJobs jobs, ITrackLibrary library, CancellationToken ct) =>
        await StatusAsync(id, set, jobs, library, ct) is { } status ? Results.Json(status.ToBody(), WireJson.Wire.StemSetBody) : UnknownSet();

    private static async Task<IResult> WatchAsync(string id, string set, HttpContext context, IStemJobs jobs, ITrackLibrary library, CancellationToken ct)
    {
        if (await StatusAsync(id, set, jobs, library, ct) is not { } status)
        {
            return UnknownSet();
        }

        // 204 tells a browser that comes back by itself that there is nothing left to come back for.
        return status.HasEnded && context.Request.Headers["Last-Event-ID"] == EndId
            ? Results.NoContent()
            : TypedResults.ServerSentEvents(MessagesAsync(jobs, status, context.UntilServerStops()));
    }

    private static async IAsyncEnumerable<SseItem<string>> MessagesAsync(IStemJobs jobs, StemStatus known, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var status in jobs.WatchAsync(known.TrackId, known.Set, ct).EndedBy(ct))
        {
            yield return new SseItem<string>(JsonSerializer.Serialize(status.ToBody(), WireJson.Wire.StemSetBody), "stems") { EventId = status.HasEnded ? EndId : null };
        }
    }

    /// <summary>The name only asks the catalogue; no part of a request becomes a path.</summary>
    private static async Task<IResult> FileAsync(string id, string set, string name, HttpContext context, IStemJobs jobs, ITrackLibrary library, StemStore store, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track
            || await StatusAsync(track.Id, set, jobs, library, ct) is not { } status
            || status.Stems.FirstOrDefault(stem => stem.Name == name) is not { } stem)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no stem of that name.");
        }

        if (await store.FindAsync(track.Id, StemMapping.NameOf(status.Set), stem.Name, ct) is not { } file)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "The file of this stem is not in the library any more. Make the stems again.");
        }

        return file.ToAnswer(
            context,
            AudioFormat.ContentType,
            $"{Path.GetFileNameWithoutExtension(FileNames.Of(track, "mp3"))}_{stem.Name}.mp3",
            isAttachment: false,
            $"{track.Id}-{StemMapping.NameOf(status.Set)}-{stem.Name}-{file.ModifiedAt.UtcTicks:x}-{file.Length:x}");
    }

    private static async Task<IResult> ZipAsync(string id, IStemJobs jobs, ITrackLibrary library, ITrackFiles files, StemStore stems, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return UnknownTrack();
        }

        var file = await files.GetAsync(track, TrackFileKind.Mp3, ct);
        return file.File is { } audio ? new TrackZip(track, audio, await jobs.FindAsync(track.Id, ct), stems) : TrackFileApi.Refusal(file.Failure!);
    }

    private static async Task<StemStatus?> StatusAsync(string id, string set, IStemJobs jobs, ITrackLibrary library, CancellationToken ct) =>
        StemMapping.SetOf(set) is { } known && await library.FindAsync(id, ct) is { } track
            ? (await jobs.FindAsync(track.Id, ct)).FirstOrDefault(status => status.Set == known)
            : null;

    private static IResult UnknownTrack() => Problems.Of(StatusCodes.Status404NotFound, "There is no track of that id.");

    private static IResult UnknownSet() => Problems.Of(StatusCodes.Status404NotFound, "These stems were not asked for, or there is no such track. POST /tracks/{id}/stems makes them.");
}
