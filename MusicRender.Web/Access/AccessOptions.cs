using System.Net;
using System.Text.RegularExpressions;

namespace MusicRender.Web.Access;

/// <summary>Who gets in: configuration section <c>MusicRender:Access</c>.</summary>
public sealed partial class AccessOptions
{
    /// <summary>
    /// The token that everybody needs, on loopback too: 16 to 200 letters, digits, <c>-</c>, <c>.</c>, <c>_</c>, <c>~</c>. Without one a
    /// token is made as soon as another address than loopback is bound.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// Reverse proxies: addresses, or networks such as <c>10.0.0.0/8</c>. Only they may say with <c>X-Forwarded-For</c>, <c>-Proto</c> and
    /// <c>-Host</c> who asks, how and by which name. A server behind a proxy needs a token.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>Whether a token is configured.</summary>
    internal bool HasToken => !string.IsNullOrEmpty(Token);

    /// <summary>Everything that can stand in a header, in a link and in the name of a subprotocol.</summary>
    internal bool IsTokenGood => !HasToken || TokenForm().IsMatch(Token!);

    /// <summary>A proxy as a network; one address is a network of its own.</summary>
    internal static bool TryReadProxy(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{16,200}\z")]
    private static partial Regex TokenForm();
}
