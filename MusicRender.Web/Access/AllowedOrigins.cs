using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Access;

/// <summary>The origins whose pages may use this server: those of the configuration, and those that were allowed in the studio.</summary>
/// <param name="options">The configured ones.</param>
/// <param name="settings">Where the others are kept.</param>
/// <param name="news">Tells when another node changed them.</param>
/// <param name="logger">Is told when that cannot be read.</param>
public sealed partial class AllowedOrigins(IOptions<OriginOptions> options, IStudioSettings settings, ILibraryNews news, ILogger<AllowedOrigins> logger) : IHostedService, IDisposable
{
    /// <summary>How many can be allowed in the studio.</summary>
    public const int Most = 50;

    /// <summary>Longer than any origin: a name has at most 253 characters.</summary>
    public const int Longest = 300;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile IReadOnlyList<string> _added = [];

    /// <summary>Those of the configuration, or those that are allowed out of the box.</summary>
    public IReadOnlyList<string> Configured { get; } = options.Value.Origins is { Count: > 0 } configured ? [.. configured.Distinct(StringComparer.OrdinalIgnoreCase)] : OriginOptions.Default;

    /// <summary>True when the configuration has a list of its own.</summary>
    public bool IsConfigured { get; } = options.Value.Origins is { Count: > 0 };

    /// <summary>Those that were allowed in the studio, the oldest first.</summary>
    public IReadOnlyList<string> Added => _added;

    /// <summary>True for what browsers send as an origin: scheme, name and port, without a path.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.GetLeftPart(UriPartial.Authority) == text;

    /// <summary>True when pages of this origin may use this server.</summary>
    public bool Contains(string origin) =>
        Configured.Contains(origin, StringComparer.OrdinalIgnoreCase) || _added.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>Allows an origin from now on. What somebody copies from an address bar is cut to its origin.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<RenderFailure?> AllowAsync(string text, CancellationToken ct)
    {
        var wish = text.Trim();
        if (!Uri.TryCreate(wish, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || wish.Length > Longest)
        {
            return RenderFailure.Server("That is not an origin. Write the page's address with http:// or https://, such as https://music.example.", "malformed_origin");
        }

        // Browsers send a name in other letters than ASCII as its punycode.
        var origin = new UriBuilder(uri.Scheme, uri.IdnHost, uri.Port).Uri.GetLeftPart(UriPartial.Authority);
        if (Contains(origin))
        {
            return RenderFailure.Server($"{origin} is allowed already.", "known_origin");
        }

        return _added.Count >= Most
            ? RenderFailure.Server($"At most {Most} origins can be allowed here. Remove one first.", "too_many_origins")
            : await ChangeAsync(added => [.. added.Except([origin]), origin], ct);
    }

    /// <summary>Allows an origin no longer; nothing happens when it was not allowed here.</summary>
    /// <returns>Why not, or null.</returns>
    public Task<RenderFailure?> RemoveAsync(string origin, CancellationToken ct) => ChangeAsync(added => [.. added.Where(other => other != origin)], ct);

    /// <summary>Takes up what was allowed earlier, before the first request.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        news.Changed += Follow;
        _added = await settings.OriginsAsync(cancellationToken);
    }

    /// <summary>Hears no more of other nodes.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        news.Changed -= Follow;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private void Follow(LibraryChange change)
    {
        if (change.Part is LibraryPart.Everything or LibraryPart.Setting)
        {
            _ = ReadAgainAsync();
        }
    }

    private async Task ReadAgainAsync()
    {
        await _changing.WaitAsync();
        try
        {
            _added = await settings.OriginsAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.NotRead(logger, exception);
        }
        finally
        {
            _changing.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The allowed origins were changed on another node, and could not be read here; this node goes on with those it had.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }

    private async Task<RenderFailure?> ChangeAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> change, CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            var changed = change(_added);
            if (await settings.KeepAsync(changed, ct) is { } failure)
            {
                return failure;
            }

            _added = changed;
            return null;
        }
        finally
        {
            _changing.Release();
        }
    }
}
