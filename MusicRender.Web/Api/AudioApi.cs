using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Api.Documents;

namespace MusicRender.Web.Api;

/// <summary>The audio itself: <c>/render/stream</c>, <c>/render/download</c>, <c>/render/live</c>.</summary>
internal static class AudioApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapAudioApi(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/render/stream/{filename}", Reading, StreamAsync)
            .Documented("streamTrack", "Audio", "Play a track", "The finished file, in ranges when asked for, to be played in place.")
            .GivesAudio();
        routes.MapMethods("/render/download/{filename}", Reading, DownloadAsync)
            .Documented("downloadTrack", "Audio", "Download a track", "The same as an attachment, named after the title that the track has now.")
            .GivesAudio();
        routes.MapMethods("/render/live/{id}", Reading, LiveAsync)
            .Documented("listenLive", "Audio", "Listen while it is made", "Waits for the first audio, then sends it as it is made, without a length. Of a render that has ended: the finished file, or what arrived of a paid one that broke off.")
            .GivesAudio();
    }

    /// <summary>The name only asks the catalogue; no part of a request becomes a path.</summary>
    private static async Task<IResult> StreamAsync(string filename, HttpContext context, ITrackLibrary library, AudioStore store, CancellationToken ct) =>
        await library.FindAsync(filename, ct) is { } track ? Send(track, context, store) : Unknown();

    /// <summary>Likewise. A track that was renamed says so in its name and its tag.</summary>
    private static async Task<IResult> DownloadAsync(string filename, HttpContext context, ITrackLibrary library, ITrackFiles files, CancellationToken ct)
    {
        if (await library.FindAsync(filename, ct) is not { } track)
        {
            return Unknown();
        }

        var file = await files.GetAsync(track, TrackFileKind.Mp3, ct);
        return file.Path is { } path
            ? Send(track, context, new FileInfo(path), FileNames.Of(track, Path.GetExtension(track.FileName)), isAttachment: true)
            : TrackFileApi.Refusal(file.Failure!);
    }

    private static IResult Send(Track track, HttpContext context, AudioStore store) =>
        Send(track, context, new FileInfo(store.PathOf(track.FileName)), track.FileName, isAttachment: false);

    private static IResult Send(Track track, HttpContext context, FileInfo file, string name, bool isAttachment)
    {
        if (!file.Exists)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "The file of this track is not in the library any more.");
        }

        Prepare(context, name, isAttachment);
        return TypedResults.PhysicalFile(
            file.FullName,
            track.ContentType,
            lastModified: file.LastWriteTimeUtc,
            entityTag: new EntityTagHeaderValue($"\"{track.Id}-{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""),
            enableRangeProcessing: true);
    }

    /// <summary>Takes away a range of another unit than bytes, which the framework takes for one of bytes.</summary>
    public static void IgnoreOtherRanges(this HttpRequest request)
    {
        if (request.GetTypedHeaders().Range is { } range && range.Unit != "bytes")
        {
            request.Headers.Range = default;
        }
    }

    /// <summary>What arrived of a paid render that failed, as a file: with a length, and in ranges.</summary>
    private static FileStreamHttpResult Send(FileStream left, string id, HttpContext context)
    {
        Prepare(context, $"take_{id}.mp3", isAttachment: false);
        return TypedResults.Stream(
            left,
            AudioFormat.ContentType,
            lastModified: File.GetLastWriteTimeUtc(left.SafeFileHandle),
            entityTag: new EntityTagHeaderValue($"\"{id}-take-{left.Length:x}\""),
            enableRangeProcessing: true);
    }

    private static void Prepare(HttpContext context, string fileName, bool isAttachment)
    {
        context.Request.IgnoreOtherRanges();
        var disposition = new ContentDispositionHeaderValue(isAttachment ? "attachment" : "inline");
        disposition.SetHttpFileName(fileName);
        context.Response.Headers.ContentDisposition = disposition.ToString();
    }

    /// <summary>Waits for the first audio, then sends it as it is made; of a render that has ended, the finished file, or what arrived.</summary>
    private static async Task<IResult> LiveAsync(string id, HttpContext context, IRenderJobs jobs, ITrackLibrary library, AudioStore store, CancellationToken ct)
    {
        if (!RenderId.TryParse(id, out var render) || await jobs.FindAsync(render, ct) is null)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no render of that id.");
        }

        await foreach (var entry in jobs.WatchAsync(render, 0, ct))
        {
            switch (entry)
            {
                case ProgressEvent { IsPlayable: true } when store.TryGetPartial(id, out var partial) && partial.TryOpenRead() is { } file:
                    context.Response.RegisterForDisposeAsync(file);
                    return new Live(partial, file);
                case ResultEvent when await library.FindAsync(id, ct) is { } track:
                    return Send(track, context, store);
                // Somebody may have kept what arrived in the meantime, or keep it right now.
                case ErrorEvent when await library.FindAsync(id, ct) is { } track:
                    return Send(track, context, store);
                case ErrorEvent error when PartialTake.Of(error.Failure) is not null && store.TryOpenLeft(id) is { } left:
                    return Send(left, id, context);
                case ErrorEvent error:
                    return Problems.Of(StatusCodes.Status404NotFound, $"This render has no audio. {error.Failure.Message}");
            }
        }

        return Unknown();
    }

    private static IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "There is no track of that name.");

    /// <summary>Audio while it is made: no length, no ranges.</summary>
    private sealed class Live(PartialAudio partial, FileStream file) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = AudioFormat.ContentType;
            response.Headers.CacheControl = "no-store";
            if (HttpMethods.IsHead(httpContext.Request.Method))
            {
                return;
            }

            var ends = httpContext.UntilServerStops();
            try
            {
                await partial.ListenAsync(
                    file,
                    async (bytes, ct) =>
                    {
                        await response.Body.WriteAsync(bytes, ct);
                        await response.Body.FlushAsync(ct);
                    },
                    ends);
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // The listener has heard enough, or the server stops.
            }
        }
    }
}
