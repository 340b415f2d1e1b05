using System.Net;
using System.Net.Sockets;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Api;

/// <summary>What a request says of the one who asks.</summary>
internal static class Callers
{
    /// <summary>The header that makes a request the same request when it comes again.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Who asks, for fairness in line: the address, behind proxies that are known. Of IPv6 a whole /64 network, for that is what one machine gets.</summary>
    public static string? Client(this HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return null;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            return $"address:{address.MapToIPv4()}";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return IPAddress.IsLoopback(address) ? $"address:{address}" : $"address:{new IPAddress(bytes)}/64";
    }

    /// <summary>The idempotency key, or null without one; or what is wrong with it.</summary>
    public static (string? Key, IResult? Problem) IdempotencyKey(this HttpRequest request) => request.Headers[IdempotencyHeader] switch
    {
        [] => (null, null),
        [{ } key] when Engine.Rendering.IdempotencyKey.IsOne(key) => (key, null),
        _ => (null, Problems.Of([new PlanProblem(IdempotencyHeader, Engine.Rendering.IdempotencyKey.Rule)], "header")),
    };
}
