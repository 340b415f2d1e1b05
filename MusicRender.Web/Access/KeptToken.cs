using Microsoft.Extensions.Options;
using MusicRender.Engine;
using MusicRender.Engine.Library;

namespace MusicRender.Web.Access;

/// <summary>The token that was made at the first start: its hash, in a file of the library's root.</summary>
internal sealed class KeptToken(IOptions<LibraryOptions> library)
{
    private const string FileName = "access-token";
    private const string Scheme = "sha256:";

    /// <summary>The file. Whoever wants a new token removes it and starts again.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(library.Value.Root), FileName);

    /// <summary>The hash; null when no token has been made yet.</summary>
    /// <exception cref="EngineStartException">The file is there, but cannot be read.</exception>
    public byte[]? Find()
    {
        try
        {
            return File.Exists(Path) ? Read(File.ReadAllText(Path).Trim()) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new EngineStartException($"the hash of the access token at {Path} cannot be read: {exception.Message} Remove the file to have a new token made, or set MusicRender:Access:Token.", exception);
        }
    }

    /// <summary>Makes a token and keeps its hash; nobody can find the token out again.</summary>
    /// <exception cref="EngineStartException">The file cannot be written.</exception>
    public (string Token, byte[] Kept) Make()
    {
        var token = AccessToken.New();
        var kept = AccessToken.KeptOf(AccessToken.SessionOf(token));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(Path, options);
            file.Write([.. System.Text.Encoding.ASCII.GetBytes($"{Scheme}{Convert.ToHexStringLower(kept)}\n")]);
            file.Flush(flushToDisk: true);
            return (token, kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EngineStartException($"the hash of the access token cannot be written to {Path}: {exception.Message}", exception);
        }
    }

    private static byte[] Read(string text)
    {
        var kept = text.StartsWith(Scheme, StringComparison.Ordinal) ? Convert.FromHexString(text[Scheme.Length..]) : [];
        return kept.Length == 32 ? kept : throw new FormatException("It does not hold a SHA-256 hash.");
    }
}
