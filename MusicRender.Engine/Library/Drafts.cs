using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>The drafts on the catalogue.</summary>
internal sealed class Drafts(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, TimeProvider time) : IDrafts
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public Task<Draft> CreateAsync(Draft contents, CancellationToken ct) =>
        SaveAsync(contents with { Id = RandomNumberGenerator.GetString(Alphabet, 12), Version = 0 }, ct);

    public async Task<Draft?> FindAsync(string id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var document = await catalogue.Drafts.AsNoTracking().Where(row => row.Id == id).Select(row => row.Document).FirstOrDefaultAsync(ct);
        return document is null ? null : Read(document);
    }

    public async Task<Draft> SaveAsync(Draft draft, CancellationToken ct)
    {
        var saved = draft;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                var row = await catalogue.Drafts.FindAsync([draft.Id], token);
                saved = draft with { Version = (row?.Version ?? 0) + 1, UpdatedAt = time.GetUtcNow() };
                if (row is null)
                {
                    row = new DraftRow { Id = draft.Id, Document = "" };
                    catalogue.Drafts.Add(row);
                }

                row.Version = saved.Version;
                row.UpdatedAt = saved.UpdatedAt.ToUnixTimeMilliseconds();
                row.Document = JsonSerializer.Serialize(saved, LibraryJson.Documents.Draft);
            },
            ct);
        return saved;
    }

    public async Task<IReadOnlyList<Draft>> RecentAsync(int count, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var documents = await catalogue.Drafts.AsNoTracking().OrderByDescending(row => row.UpdatedAt).Take(count).Select(row => row.Document).ToListAsync(ct);
        return [.. documents.Select(Read)];
    }

    public Task DeleteAsync(string id, CancellationToken ct) =>
        writer.WriteAsync(
            async (catalogue, token) =>
            {
                if (await catalogue.Drafts.FindAsync([id], token) is { } row)
                {
                    catalogue.Drafts.Remove(row);
                }
            },
            ct);

    private static Draft Read(string document) => JsonSerializer.Deserialize(document, LibraryJson.Documents.Draft)!;
}
