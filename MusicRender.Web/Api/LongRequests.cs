using System.Runtime.CompilerServices;

namespace MusicRender.Web.Api;

/// <summary>Requests that last as long as a render.</summary>
internal static class LongRequests
{
    /// <summary>Cancelled when the caller goes away, and when the server stops: a stop does not wait for the end of a song.</summary>
    public static CancellationToken UntilServerStops(this HttpContext context)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(either);
        return either.Token;
    }

    /// <summary>The sequence, which cancellation ends without an exception.</summary>
    public static async IAsyncEnumerable<T> EndedBy<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var items = source.GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                yield break;
            }

            yield return items.Current;
        }
    }
}
