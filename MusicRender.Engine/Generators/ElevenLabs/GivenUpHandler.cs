using Polly;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// Says in the network's own terms that the attempts were given up (timeouts, a circuit that is open), so that callers
/// need to know only <see cref="HttpRequestException"/>.
/// </summary>
internal sealed class GivenUpHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (ExecutionRejectedException exception)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, "ElevenLabs did not answer in time.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "ElevenLabs could not be reached in time.", exception);
        }
    }
}
