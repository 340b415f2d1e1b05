using System.Net;
using Microsoft.Extensions.Options;
using MusicRender.Web.Api;

namespace MusicRender.Web.Access;

/// <summary>Keeps one address from taking everything. Loopback may: that is the person whose machine it is.</summary>
internal static class RateLimits
{
    /// <summary>Refuses with 429 what is too much.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app) => app.Use(next =>
    {
        var limits = app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        var (requests, renders) = (new AddressBuckets(limits.RequestsPerMinute, time), new AddressBuckets(limits.RendersPerMinute, time));
        return context =>
        {
            var address = context.Connection.RemoteIpAddress;
            if (address is not null && IPAddress.IsLoopback(address))
            {
                return next(context);
            }

            if (requests.TryTake(address, out var wait)
                && (context.GetEndpoint()?.Metadata.GetMetadata<StartsWork>() is null || renders.TryTake(address, out wait)))
            {
                return next(context);
            }

            context.RetryAfter(wait);
            return Problems.Of(StatusCodes.Status429TooManyRequests, $"Too many requests from this address. Try again in {ComingBack.Seconds(wait)} s.", "too_many_requests").ExecuteAsync(context);
        };
    });
}
