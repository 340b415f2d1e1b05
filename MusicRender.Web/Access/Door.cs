using System.Net;
using Microsoft.Extensions.Options;

namespace MusicRender.Web.Access;

/// <summary>What the door says to a request.</summary>
internal enum Verdict
{
    /// <summary>Come in.</summary>
    Welcome,

    /// <summary>No token was shown.</summary>
    NoToken,

    /// <summary>A wrong token was shown.</summary>
    WrongToken,

    /// <summary>Too many wrong tokens came from this address; nothing is compared for a while.</summary>
    TooManyTries,

    /// <summary>There is no token, and the request came from elsewhere all the same: through a proxy.</summary>
    NotFromHere,

    /// <summary>The server has not started yet.</summary>
    NotYet,
}

/// <summary>Who gets in. Open on loopback; everywhere else whoever shows the token. Shut until the start is over.</summary>
internal sealed class Door(IOptions<LimitOptions> limits, TimeProvider time)
{
    private readonly AddressBuckets _failures = new(limits.Value.WrongTokensPerMinute, time);
    private volatile bool _isOpen;
    private volatile byte[]? _kept;

    /// <summary>True when nobody needs a token.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Lets everybody in from now on.</summary>
    public void Open() => _isOpen = true;

    /// <summary>Lets only those in who show the token, of which this is kept.</summary>
    public void Guard(byte[] kept) => _kept = kept;

    /// <summary>Judges a request.</summary>
    public Verdict Judge(HttpContext context, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (_isOpen)
        {
            return IsFromHere(context) ? Verdict.Welcome : Verdict.NotFromHere;
        }

        return Credentials.SessionOf(context) is { } session ? Judge(session, context.Connection.RemoteIpAddress, out wait) : _kept is null ? Verdict.NotYet : Verdict.NoToken;
    }

    /// <summary>Judges a session that somebody at an address shows.</summary>
    public Verdict Judge(string session, IPAddress? address, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (_kept is not { } kept)
        {
            return Verdict.NotYet;
        }

        if (!_failures.HasRoom(address, out wait))
        {
            return Verdict.TooManyTries;
        }

        if (AccessToken.IsKept(session, kept))
        {
            return Verdict.Welcome;
        }

        _failures.TryTake(address, out _);
        return Verdict.WrongToken;
    }

    /// <summary>On this machine, and not through a proxy for somebody elsewhere, as far as one can see.</summary>
    private static bool IsFromHere(HttpContext context) =>
        (context.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local))
            && !context.Request.Headers.ContainsKey("Forwarded")
            && context.Request.Headers["X-Forwarded-For"].All(IsLoopback)
            && context.Request.Headers["X-Real-IP"].All(IsLoopback);

    private static bool IsLoopback(string? forwarded) =>
        (forwarded ?? "").Split(',', StringSplitOptions.TrimEntries).All(part => IPAddress.TryParse(part, out var address) && IPAddress.IsLoopback(address));
}
