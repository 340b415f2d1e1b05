using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
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
        await library.FindAsync(filename, ct) is { } track ? await SendAsync(track, context, store, ct) : Unknown();

    /// <summary>Likewise. A track that was renamed says so in its name and its tag.</summary>
    private static async Task<IResult> DownloadAsync(string filename, HttpContext context, ITrackLibrary library, ITrackFiles files, CancellationToken ct)
    {
        if (await library.FindAsync(filename, ct) is not { } track)
        {
            return Unknown();
        }

        var file = await files.GetAsync(track, TrackFileKind.Mp3, ct);
        return file.File is { } there
            ? Send(track, context, there, FileNames.Of(track, Path.GetExtension(track.FileName)), isAttachment: true)
            : TrackFileApi.Refusal(file.Failure!);
    }

    private static async Task<IResult> SendAsync(Track track, HttpContext context, AudioStore store, CancellationToken ct) =>
        await store.FindAsync(track.FileName, ct) is { } file
            ? Send(track, context, file, track.FileName, isAttachment: false)
            : Problems.Of(StatusCodes.Status404NotFound, "The file of this track is not in the library any more.");

    private static IResult Send(Track track, HttpContext context, StoredFile file, string name, bool isAttachment) =>
        file.ToAnswer(context, track.ContentType, name, isAttachment, $"{track.Id}-{file.ModifiedAt.UtcTicks:x}-{file.Length:x}");

    /// <summary>What arrived of a paid render that failed, as a file: with a length, and in ranges.</summary>
    private static FileStreamHttpResult Send(FileStream left, string id, HttpContext context)
    {
        context.Request.IgnoreOtherRanges();
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName($"take_{id}.mp3");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(
            left,
            AudioFormat.ContentType,
            lastModified: File.GetLastWriteTimeUtc(left.SafeFileHandle),
            entityTag: new EntityTagHeaderValue($"\"{id}-take-{left.Length:x}\""),
            enableRangeProcessing: true);
    }

    /// <summary>Waits for the first audio, then sends it as it is made; of a render that has ended, the finished file, or what arrived.</summary>
    private static async Task<IResult> LiveAsync(string id, HttpContext context, IRenderJobs jobs, ITrackLibrary library, AudioStore store, CancellationToken ct)
    {
        if (!RenderId.TryParse(id, out var render) || await jobs.FindAsync(render, ct) is null)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no render of that id.");
        }

        var ends = context.UntilServerStops();
        try
        {
            return await HearAsync(render, context, jobs, library, store, ends);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Draining.Refusal(context, RenderFailure.Server("This server is stopping. Ask again in a moment.", Draining.Reason));
        }
    }

    private static async Task<IResult> HearAsync(RenderId render, HttpContext context, IRenderJobs jobs, ITrackLibrary library, AudioStore store, CancellationToken ct)
    {
        var id = render.Value;
        await foreach (var entry in jobs.WatchAsync(render, 0, ct))
        {
            switch (entry)
            {
                case ProgressEvent { IsPlayable: true } when await TryListenAsync(render, context, jobs, ct) is { } live:
                    return live;
                case ResultEvent when await library.FindAsync(id, ct) is { } track:
                    return await SendAsync(track, context, store, ct);
                // Somebody may have kept what arrived in the meantime, or keep it right now.
                case ErrorEvent when await library.FindAsync(id, ct) is { } track:
                    return await SendAsync(track, context, store, ct);
                case ErrorEvent error when PartialTake.Of(error.Failure) is not null && await store.TryOpenLeftAsync(id, ct) is { } left:
                    return Send(left, id, context);
                case ErrorEvent error:
                    return Problems.Of(StatusCodes.Status404NotFound, $"This render has no audio. {error.Failure.Message}");
            }
        }

        return Unknown();
    }

    /// <summary>The sound of a render that is being made, here or on another node; null when it has just ended.</summary>
    private static async Task<Live?> TryListenAsync(RenderId id, HttpContext context, IRenderJobs jobs, CancellationToken ct)
    {
        var sound = jobs.ListenAsync(id, ct).GetAsyncEnumerator(ct);
        context.Response.RegisterForDisposeAsync(sound);
        try
        {
            return await sound.MoveNextAsync() ? new Live(sound, ct) : null;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // The node that makes it is gone; what the watcher hears next says how it goes on.
            return null;
        }
    }

    private static IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "There is no track of that name.");

    /// <summary>Audio while it is made: no length, no ranges.</summary>
    /// <param name="sound">At its first block.</param>
    /// <param name="ends">Cancelled when the listener goes, and when the server stops.</param>
    private sealed class Live(IAsyncEnumerator<ReadOnlyMemory<byte>> sound, CancellationToken ends) : IResult
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

            try
            {
                do
                {
                    await response.Body.WriteAsync(sound.Current, ends);
                    await response.Body.FlushAsync(ends);
                }
                while (await sound.MoveNextAsync());
            }
            catch (Exception)
            {
                // The listener has heard enough, or the server stops, or the node that makes it is gone: a broken download, and not
                // a song that looks whole.
                httpContext.Abort();
            }
        }
    }
}
