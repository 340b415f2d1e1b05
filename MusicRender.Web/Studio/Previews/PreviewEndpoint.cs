using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;

namespace MusicRender.Web.Studio.Previews;

/// <summary>
/// <c>/previews/{key}</c>: the sound of a plan that is being edited, as MP3 while it is made. For the studio's own pages; other
/// programs have no editor to listen to, so it is in no document.
/// </summary>
internal static class PreviewEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapPreviews(this IEndpointRouteBuilder routes) => routes.MapGet("/previews/{key}", PlayAsync).ExcludeFromDescription();

    private static async Task<IResult> PlayAsync(string key, string? section, PreviewDesk desk, IHostApplicationLifetime lifetime, HttpContext context)
    {
        int? at = null;
        if (section is not null)
        {
            if (!int.TryParse(section, out var index))
            {
                return TypedResults.NotFound();
            }

            at = index;
        }

        if (desk.Find(key) is not { } pass)
        {
            return TypedResults.NotFound();
        }

        return await pass.ReadAsync(at) is { } request ? new Sound(pass, request, lifetime) : TypedResults.Conflict();
    }

    /// <summary>No length and no ranges; a failure before the first byte is one of the status.</summary>
    private sealed class Sound(PreviewPass pass, PreviewRequest request, IHostApplicationLifetime lifetime) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
            var response = httpContext.Response;
            response.ContentType = SketchPreview.ContentType;
            response.Headers.CacheControl = "no-store";
            try
            {
                await foreach (var bytes in pass.PlayAsync(request, ends.Token))
                {
                    await response.Body.WriteAsync(bytes, ends.Token);
                    await response.Body.FlushAsync(ends.Token);
                }
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // The listener has heard enough, or the server stops.
            }
            catch (EncodingException) when (!response.HasStarted)
            {
                // The editor tells why.
                response.ContentType = null;
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
            catch (EncodingException)
            {
                // What is missing is not taken for the end of the song.
                httpContext.Abort();
            }
        }
    }
}
