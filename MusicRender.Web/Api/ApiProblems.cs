using Microsoft.AspNetCore.Diagnostics;
using MusicRender.Engine.Library;

namespace MusicRender.Web.Api;

/// <summary>Bugs and refusals of the framework itself, as problem details.</summary>
internal static class ApiProblems
{
    private static readonly string[] ApiPaths = ["/prompt", "/plan", "/render", "/renders", "/tracks", "/finetunes", "/health", "/ready", "/alive"];

    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(errors => errors.Run(context =>
            (context.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                BadHttpRequestException bad => Problems.Of(bad.StatusCode, "The request breaks off, or does not keep to HTTP."),
                StorageException storage => Problems.Of(StatusCodes.Status503ServiceUnavailable, AudioStore.Explain(storage, "try again"), "library"),
                _ => Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong inside MusicRender. The server's log has the details of this request."),
            }).ExecuteAsync(context)));
        return app.Use(async (context, next) =>
        {
            await next(context);
            var response = context.Response;
            if (response.HasStarted || response.StatusCode < 400 || !IsApi(context.Request.Path) || (HasBody(response) && response.StatusCode != StatusCodes.Status416RangeNotSatisfiable))
            {
                return;
            }

            response.ContentLength = null;
            response.Headers.ContentDisposition = default;

            var detail = response.StatusCode switch
            {
                StatusCodes.Status404NotFound => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not for this address.",
                StatusCodes.Status412PreconditionFailed => "The file is another one by now.",
                StatusCodes.Status416RangeNotSatisfiable => "The file does not have the range asked for.",
                _ => "The request was not understood.",
            };
            await Problems.Of(response.StatusCode, detail).ExecuteAsync(context);
        });
    }

    private static bool HasBody(HttpResponse response) => response.ContentType is not null || response.ContentLength is not null;

    private static bool IsApi(PathString path) => ApiPaths.Any(api => path.StartsWithSegments(api, StringComparison.Ordinal));
}
