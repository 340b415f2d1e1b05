using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MusicRender.Web.Access;

/// <summary>
/// The token, and what is made of it: token → session (what a browser's cookie holds) → the hash that is kept. Each step goes one
/// way only: a cookie does not tell the token, and the library does not tell either.
/// </summary>
/// <remarks>Plain SHA-256, because a token that is made here has 256 random bits: there is nothing to guess slowly.</remarks>
internal static class AccessToken
{
    private static ReadOnlySpan<byte> SessionPrefix => "MusicRender session: "u8;

    /// <summary>A new one: 43 characters that can stand anywhere.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>What a browser keeps that has shown the token.</summary>
    public static string SessionOf(string token) => Base64Url.EncodeToString(SHA256.HashData([.. SessionPrefix, .. Encoding.UTF8.GetBytes(token)]));

    /// <summary>What the server keeps of a session, 32 bytes.</summary>
    public static byte[] KeptOf(string session) => SHA256.HashData(Encoding.UTF8.GetBytes(session));

    /// <summary>Whether a session is the one that a hash was kept of. Takes the same time for every answer.</summary>
    public static bool IsKept(string session, byte[] kept) => CryptographicOperations.FixedTimeEquals(KeptOf(session), kept);
}
