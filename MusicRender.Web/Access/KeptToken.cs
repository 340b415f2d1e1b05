using Microsoft.Extensions.Options;
using MusicRender.Engine;
using MusicRender.Engine.Library;

namespace MusicRender.Web.Access;

/// <summary>The token that was made at the first start: its hash, in a file of the library's root. Nodes on one catalogue share one token, whose hash is there.</summary>
internal sealed class KeptToken(IOptions<LibraryOptions> library, ISharedTexts? shared = null)
{
    private const string SharedName = "access_token";
    private const string FileName = "access-token";
    private const string Scheme = "sha256:";

    /// <summary>The file. Whoever wants a new token removes it and starts again.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(library.Value.Root), FileName);

    /// <summary>What to remove for a new token, in words.</summary>
    public string Place => shared is null ? Path : $"the row {SharedName} of the catalogue's table settings";

    /// <summary>The hash; null when no token has been made yet.</summary>
    /// <exception cref="EngineStartException">It is there, but cannot be read.</exception>
    public async Task<byte[]?> FindAsync(CancellationToken ct)
    {
        if (shared is null)
        {
            return Find();
        }

        try
        {
            return await shared.FindAsync(SharedName, ct) is { } text ? Read(text) : null;
        }
        catch (FormatException exception)
        {
            throw new EngineStartException($"the hash of the access token cannot be read: {exception.Message} Remove {Place} to have a new token made, or set MusicRender:Access:Token.", exception);
        }
    }

    /// <summary>Makes a token and keeps its hash; nobody can find the token out again.</summary>
    /// <returns>The token, or null when another node made one at the same time; and the hash that counts.</returns>
    /// <exception cref="EngineStartException">It cannot be kept.</exception>
    public async Task<(string? Token, byte[] Kept)> MakeAsync(CancellationToken ct)
    {
        if (shared is null)
        {
            return Make();
        }

        var token = AccessToken.New();
        var text = TextOf(AccessToken.KeptOf(AccessToken.SessionOf(token)));
        var kept = await shared.KeepFirstAsync(SharedName, text, ct);
        return (kept == text ? token : null, Read(kept));
    }

    /// <summary>The hash in the file; null when no token has been made yet.</summary>
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

    /// <summary>Makes a token and keeps its hash in the file.</summary>
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
            file.Write([.. System.Text.Encoding.ASCII.GetBytes(TextOf(kept) + "\n")]);
            file.Flush(flushToDisk: true);
            return (token, kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EngineStartException($"the hash of the access token cannot be written to {Path}: {exception.Message}", exception);
        }
    }

    private static string TextOf(byte[] kept) => $"{Scheme}{Convert.ToHexStringLower(kept)}";

    private static byte[] Read(string text)
    {
        var kept = text.StartsWith(Scheme, StringComparison.Ordinal) ? Convert.FromHexString(text[Scheme.Length..]) : [];
        return kept.Length == 32 ? kept : throw new FormatException("It does not hold a SHA-256 hash.");
    }
}
