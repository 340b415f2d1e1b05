using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>The drafts on the catalogue.</summary>
internal sealed class Drafts(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, TimeProvider time) : IDrafts
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public Task<Draft> CreateAsync(Draft contents, CancellationToken ct) =>
        SaveAsync(contents with { Id = RandomNumberGenerator.GetString(Alphabet, 12), Version = 0 }, null, ct);

    public async Task<Draft?> FindAsync(string id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var document = await catalogue.Drafts.AsNoTracking().Where(row => row.Id == id).Select(row => row.Document).FirstOrDefaultAsync(ct);
        return document is null ? null : DraftDocuments.Read(document);
    }

    public async Task<IReadOnlyList<DraftStep>> StepsAsync(string id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var rows = await catalogue.DraftSteps.AsNoTracking().Where(row => row.DraftId == id).OrderBy(row => row.Number).ToListAsync(ct);
        return [.. rows.Select(row => new DraftStep(row.Number, DraftDocuments.Read(row.Document)))];
    }

    public async Task<Draft> SaveAsync(Draft draft, StepChanges? steps, CancellationToken ct) =>
        (await SaveAsync(draft, steps, isOver: false, ct))!;

    public Task<Draft?> SaveOverAsync(Draft draft, StepChanges? steps, CancellationToken ct) => SaveAsync(draft, steps, isOver: true, ct);

    private async Task<Draft?> SaveAsync(Draft draft, StepChanges? steps, bool isOver, CancellationToken ct)
    {
        Draft? saved = null;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                var row = await catalogue.Drafts.FindAsync([draft.Id], token);
                if (isOver && row is not null && row.Version > draft.Version)
                {
                    saved = null;
                    return;
                }

                saved = draft with { Version = (row?.Version ?? 0) + 1, UpdatedAt = time.GetUtcNow() };
                if (row is null)
                {
                    row = new DraftRow { Id = draft.Id, Document = "" };
                    catalogue.Drafts.Add(row);
                }

                row.Version = saved.Version;
                row.UpdatedAt = saved.UpdatedAt.ToUnixTimeMilliseconds();
                row.Document = DraftDocuments.Write(saved);
                if (steps is not null)
                {
                    await WriteAsync(catalogue, draft.Id, steps, token);
                }
            },
            ct);
        return saved;
    }

    public async Task<IReadOnlyList<Draft>> RecentAsync(int count, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var documents = await catalogue.Drafts.AsNoTracking().OrderByDescending(row => row.UpdatedAt).Take(count).Select(row => row.Document).ToListAsync(ct);
        return [.. documents.Select(DraftDocuments.Read)];
    }

    public Task DeleteAsync(string id, CancellationToken ct) =>
        writer.WriteAsync(
            async (catalogue, token) =>
            {
                if (await catalogue.Drafts.FindAsync([id], token) is { } row)
                {
                    catalogue.Drafts.Remove(row);
                    catalogue.DraftSteps.RemoveRange(await catalogue.DraftSteps.Where(step => step.DraftId == id).ToListAsync(token));
                }
            },
            ct);

    private static async Task WriteAsync(Catalogue catalogue, string id, StepChanges steps, CancellationToken ct)
    {
        var kept = await catalogue.DraftSteps.Where(row => row.DraftId == id).Select(row => row.Number).ToListAsync(ct);
        foreach (var number in kept.Where(number => number < steps.First || number > steps.Last))
        {
            catalogue.DraftSteps.Remove(new DraftStepRow { DraftId = id, Number = number, Document = "" });
        }

        foreach (var step in steps.Written)
        {
            var row = new DraftStepRow { DraftId = id, Number = step.Number, Document = DraftDocuments.Write(step.Contents) };
            catalogue.Entry(row).State = kept.Contains(step.Number) ? EntityState.Modified : EntityState.Added;
        }
    }
}
