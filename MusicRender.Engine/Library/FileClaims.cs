using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Library;

/// <summary>Holds the audio files against the catalogue: a file that no track claims is set aside, a track whose file is gone is told.</summary>
internal sealed partial class FileClaims(AudioStore store, IDbContextFactory<Catalogue> catalogues, ILogger<FileClaims> logger)
{
    private const int MostNamed = 5;

    private IReadOnlyList<string> _missing = [];

    /// <summary>Compares. Files that renders under way or takes may have named stay where they are.</summary>
    /// <param name="names">The files, as they were listed before anybody asked which renders are under way.</param>
    /// <param name="renderIds">Those renders, and those whose takes may be kept.</param>
    /// <param name="ct">Stops it.</param>
    public async Task CompareAsync(IReadOnlyList<string> names, IEnumerable<string> renderIds, CancellationToken ct)
    {
        HashSet<string> tracks;
        await using (var catalogue = await catalogues.CreateDbContextAsync(ct))
        {
            tracks = await catalogue.Tracks.AsNoTracking().Select(track => track.FileName).ToHashSetAsync(StringComparer.Ordinal, ct);
            if (names.Count > 0 && tracks.Count == 0 && !await catalogue.Renders.AnyAsync(ct))
            {
                // Not this catalogue's library, it seems: a new database, or a wrong one.
                Log.OtherCatalogue(logger, names.Count);
                return;
            }
        }

        var named = renderIds.Select(id => id[^8..]).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !tracks.Contains(name) && !named.Contains(LastDigitsOf(name))))
        {
            await SetAsideAsync(name, ct);
        }

        var there = names.ToHashSet(StringComparer.Ordinal);
        _missing = await MissingAsync(tracks.Where(name => !there.Contains(name)), ct);
        foreach (var name in _missing.Take(MostNamed))
        {
            Log.Missing(logger, name);
        }
    }

    /// <summary>Null when every track that had no file at the start has one now, or is gone; else what is wrong, for people.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        var names = await MissingAsync(_missing, ct);
        if (names.Count == 0)
        {
            return null;
        }

        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Tracks.CountAsync(track => names.Contains(track.FileName), ct) is > 0 and var count
            ? $"{count} {(count == 1 ? "track has" : "tracks have")} no audio file. Restore them from a backup into the library's folder audio, or delete the tracks."
            : null;
    }

    private async Task<List<string>> MissingAsync(IEnumerable<string> names, CancellationToken ct)
    {
        var missing = new List<string>();
        foreach (var name in names)
        {
            if (await store.FindAsync(name, ct) is null)
            {
                missing.Add(name);
            }
        }

        return missing;
    }

    private async Task SetAsideAsync(string name, CancellationToken ct)
    {
        try
        {
            await store.SetAsideAsync(name, ct);
            Log.SetAside(logger, name, AudioStore.UnclaimedFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotSetAside(logger, name, exception);
        }
    }

    /// <summary>The end of a name that tells the render: night-drive_0123abcd.mp3.</summary>
    private static string LastDigitsOf(string name) => Path.GetFileNameWithoutExtension(name) is { Length: >= 8 } stem ? stem[^8..] : "";

    private static partial class Log
    {
        [LoggerMessage(9, LogLevel.Warning, "The catalogue is empty, but the library holds {Count} audio files. They stay where they are; is this the right database?")]
        public static partial void OtherCatalogue(ILogger logger, int count);


        [LoggerMessage(1, LogLevel.Warning, "No track claims the audio file {FileName}; it was moved to the library's folder {Folder}.")]
        public static partial void SetAside(ILogger logger, string fileName, string folder);

        [LoggerMessage(2, LogLevel.Error, "No track claims the audio file {FileName}, and it could not be set aside.")]
        public static partial void NotSetAside(ILogger logger, string fileName, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The audio file {FileName} of a track is not there.")]
        public static partial void Missing(ILogger logger, string fileName);
    }
}
