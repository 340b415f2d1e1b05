using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary>
/// Answers requests that the server itself refuses before any middleware sees them (<c>%00</c> in a path, a line that is no
/// HTTP): as problem details with an <c>X-Request-ID</c>, like every other. Of the server's own answer only the status stays.
/// </summary>
internal sealed class RejectedRequests : IObserver<KeyValuePair<string, object?>>
{
    private const string Rejected = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private RejectedRequests()
    {
    }

    /// <summary>Answers them for as long as the program runs.</summary>
    public static void Answer(WebApplication app)
    {
        var subscription = app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new RejectedRequests(), name => name == Rejected);
        app.Lifetime.ApplicationStopped.Register(subscription.Dispose);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // The response as the middleware would see it is not there yet: its head goes through the server, its body straight into the connection.
        if (value.Value is IFeatureCollection features
            && features.Get<IHttp2StreamIdFeature>() is null
            && features.Get<IHttpRequestFeature>() is { } request
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IHttpResponseBodyFeature>() is { } head
            && features.Get<IConnectionTransportFeature>()?.Transport is { } connection)
        {
            var body = Body(response, Guid.NewGuid().ToString("N"));
            head.StartAsync().GetAwaiter().GetResult();
            if (!HttpMethods.IsHead(request.Method))
            {
                connection.Output.WriteAsync(body).AsTask().GetAwaiter().GetResult();
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static byte[] Body(IHttpResponseFeature response, string id)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody
            {
                Title = ReasonPhrases.GetReasonPhrase(response.StatusCode),
                Status = response.StatusCode,
                Detail = "The request does not keep to HTTP: its address, its headers or its form cannot be read.",
                RequestId = id,
            },
            WireJson.Wire.ProblemBody);
        response.Headers.ContentType = "application/problem+json";
        response.Headers.ContentLength = body.Length;
        response.Headers.Connection = "close";
        response.Headers[RequestIds.Header] = id;
        SecurityHeaders.Apply(response.Headers);
        return body;
    }
}
