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
        var written = steps?.Written.Select(step => (step.Number, Document: DraftDocuments.Write(step.Contents))).ToList() ?? [];
        await writer.WriteAsync(
            commands =>
            {
                var version = commands.DraftVersion(draft.Id) ?? 0;
                if (isOver && version > draft.Version)
                {
                    saved = null;
                    return;
                }

                saved = draft with { Version = version + 1, UpdatedAt = time.GetUtcNow() };
                commands.PutDraft(draft.Id, saved.Version, DraftDocuments.Write(saved), saved.UpdatedAt.ToUnixTimeMilliseconds());
                if (steps is not null)
                {
                    commands.RemoveSteps(draft.Id, steps.First, steps.Last);
                }

                foreach (var (number, document) in written)
                {
                    commands.PutStep(draft.Id, number, document);
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

    public async Task<int> ForgetStepsAsync(DateTimeOffset before, int newest, CancellationToken ct)
    {
        var (since, forgotten) = (before.ToUnixTimeMilliseconds(), 0);
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                var kept = catalogue.Drafts.Where(row => row.UpdatedAt >= since).OrderByDescending(row => row.UpdatedAt).Take(newest).Select(row => row.Id);
                forgotten = await catalogue.DraftSteps.Where(step => !kept.Contains(step.DraftId)).ExecuteDeleteAsync(token);
            },
            ct);
        return forgotten;
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
}
