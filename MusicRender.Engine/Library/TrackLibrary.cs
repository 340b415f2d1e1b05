using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>The library on the catalogue and the audio store.</summary>
internal sealed class TrackLibrary(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, AudioStore store, StemStore stems, MadeFileStore made) : ITrackLibrary
{
    /// <summary>Raised with the id of a track that is gone, on any thread: whoever still works on it may stop.</summary>
    public event Action<string>? Deleted;

    /// <summary>Tells that a track is gone that another process removed.</summary>
    public void TellDeleted(string id) => Deleted?.Invoke(id);

    public async Task<TrackPage> SearchAsync(TrackQuery query, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var rows = catalogue.Tracks.AsNoTracking();
        foreach (var word in (query.Text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            rows = rows.Where(row => EF.Functions.Like(row.SearchText, pattern, "\\"));
        }

        var total = await rows.CountAsync(ct);
        var page = await rows
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip((int)Math.Min(int.MaxValue, (query.Page - 1L) * query.PageSize)).Take(query.PageSize)
            .Select(row => row.Document)
            .ToListAsync(ct);
        return new TrackPage([.. page.Select(Read)], total);
    }

    public async Task<Track?> FindAsync(string idOrFileName, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var document = await catalogue.Tracks.AsNoTracking()
            .Where(row => row.Id == idOrFileName || row.FileName == idOrFileName)
            .Select(row => row.Document)
            .FirstOrDefaultAsync(ct);
        return document is null ? null : Read(document);
    }

    public async Task<Track?> EditAsync(string id, TrackEdit edit, CancellationToken ct)
    {
        Track? edited = null;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                edited = null;
                if (await catalogue.Tracks.FindAsync([id], token) is { } row)
                {
                    var track = Read(row.Document);
                    edited = track with { Title = edit.Title ?? track.Title, Tags = edit.Tags ?? track.Tags };
                    row.Title = edited.Title;
                    row.SearchText = SearchTextOf(edited);
                    row.Document = Write(edited);
                }
            },
            ct);
        return edited;
    }

    public async Task<bool> DeleteAsync(string id, CancellationToken ct)
    {
        string? fileName;
        try
        {
            fileName = await RemoveAsync(id, ct);
        }
        catch (Exception exception) when (CatalogueTrouble.Of(exception) == TroubleKind.DiskFull)
        {
            // Whoever frees space by deleting must be able to: here the file goes first, and makes room for the change.
            if (await FindAsync(id, ct) is { } track)
            {
                await DeleteFilesAsync(track.Id, track.FileName, ct);
            }

            fileName = await RemoveAsync(id, ct);
        }

        if (fileName is null)
        {
            return false;
        }

        // The row first: a file without a row is waste, a row without a file is a lie.
        Deleted?.Invoke(id);
        await DeleteFilesAsync(id, fileName, CancellationToken.None);
        return true;
    }

    public async Task<IReadOnlyList<float>?> PeaksAsync(string id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var peaks = await catalogue.Tracks.AsNoTracking().Where(row => row.Id == id).Select(row => row.Peaks).FirstOrDefaultAsync(ct);
        return peaks?.Select(peak => MathF.Round(peak / 255f, 3)).ToArray();
    }

    private async Task DeleteFilesAsync(string id, string fileName, CancellationToken ct)
    {
        await store.DeleteAsync(fileName, ct);
        await stems.DeleteAsync(id, ct);
        await made.DeleteAsync(id, ct);
    }

    /// <summary>Removes the row, and those of its stems; the name of its file, or null when there was none.</summary>
    private async Task<string?> RemoveAsync(string id, CancellationToken ct)
    {
        string? fileName = null;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                fileName = null;
                if (await catalogue.Tracks.FindAsync([id], token) is { } row)
                {
                    fileName = row.FileName;
                    catalogue.Tracks.Remove(row);
                    await catalogue.Stems.Where(stems => stems.TrackId == id).ExecuteDeleteAsync(token);
                }
            },
            ct);
        return fileName;
    }

    /// <summary>A new track's row.</summary>
    internal static TrackRow RowOf(Track track, IReadOnlyList<float> peaks) => new()
    {
        Id = track.Id,
        FileName = track.FileName,
        Title = track.Title,
        SearchText = SearchTextOf(track),
        Document = Write(track),
        Peaks = [.. peaks.Select(peak => (byte)MathF.Round(Math.Clamp(peak, 0f, 1f) * 255f))],
        CreatedAt = track.CreatedAt.ToUnixTimeMilliseconds(),
    };

    private static string SearchTextOf(Track track) =>
        string.Join('\n', [track.Title, track.Song.Description ?? "", .. track.Song.Genres, .. track.Song.Moods, .. track.Tags]).ToLowerInvariant();

    private static Track Read(string document) => JsonSerializer.Deserialize(document, LibraryJson.Documents.Track)!;

    private static string Write(Track track) => JsonSerializer.Serialize(track, LibraryJson.Documents.Track);
}
