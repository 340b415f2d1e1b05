using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>A render that has not ended, as its line needs it.</summary>
internal sealed record RenderInLine(RenderId Id, string? Client, int? LengthMs, DateTimeOffset? StartedAt);

/// <summary>What the catalogue knows of the line: who waits, who runs, what ended and how long it took.</summary>
internal sealed class QueueRecords(IDbContextFactory<Catalogue> catalogues)
{
    /// <summary>The renders of a generator that have not ended, oldest first.</summary>
    public async Task<IReadOnlyList<RenderInLine>> UnfinishedAsync(string generator, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var rows = await Of(catalogue, RenderState.Queued).Concat(Of(catalogue, RenderState.Running)).Where(row => row.Generator == generator)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Client, row.LengthMs, row.StartedAt })
            .ToListAsync(ct);
        return [.. rows.Select(row => new RenderInLine(new RenderId(row.Id), row.Client, row.LengthMs, row.StartedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null))];
    }

    /// <summary>What the last renders of a generator took that succeeded, newest first.</summary>
    public async Task<IReadOnlyList<MeasuredRender>> HistoryAsync(string generator, int most, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var succeeded = nameof(RenderState.Succeeded);
        var rows = await catalogue.Renders.AsNoTracking()
            .Where(row => row.FinishedAt != null && row.State == succeeded && row.Generator == generator && row.StartedAt != null)
            .OrderByDescending(row => row.FinishedAt)
            .Take(most)
            .Select(row => new { row.LengthMs, row.StartedAt, row.FinishedAt })
            .ToListAsync(ct);
        return [.. rows.Where(row => row.FinishedAt >= row.StartedAt).Select(row => new MeasuredRender(row.LengthMs, TimeSpan.FromMilliseconds(row.FinishedAt!.Value - row.StartedAt!.Value)))];
    }

    /// <summary>A page of renders, newest first, and how many there are in all.</summary>
    /// <param name="state">Those in one state; null for all.</param>
    /// <param name="page">1, 2, ….</param>
    /// <param name="pageSize">How many are on a page.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<(IReadOnlyList<RenderId> Ids, int Total)> PageAsync(RenderState? state, int page, int pageSize, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var renders = state is { } wanted ? Of(catalogue, wanted) : catalogue.Renders.AsNoTracking();
        var total = await renders.CountAsync(ct);

        // Ids sort by age.
        var ids = await renders.OrderByDescending(row => row.Id).Skip((page - 1) * pageSize).Take(pageSize).Select(row => row.Id).ToListAsync(ct);
        return ([.. ids.Select(id => new RenderId(id))], total);
    }

    /// <summary>The renders that ended last, the last first.</summary>
    public async Task<IReadOnlyList<RenderId>> EndedAsync(int most, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var ids = await catalogue.Renders.AsNoTracking().Where(row => row.FinishedAt != null).OrderByDescending(row => row.FinishedAt).Take(most).Select(row => row.Id).ToListAsync(ct);
        return [.. ids.Select(id => new RenderId(id))];
    }

    /// <summary>Those in one state. Of one that has not ended the row says only whether it has begun.</summary>
    private static IQueryable<RenderRow> Of(Catalogue catalogue, RenderState state)
    {
        var name = state.ToString();
        var (queued, running) = (nameof(RenderState.Queued), nameof(RenderState.Running));
        var renders = catalogue.Renders.AsNoTracking();
        return state switch
        {
            RenderState.Queued => renders.Where(row => (row.State == queued || row.State == running) && row.StartedAt == null),
            RenderState.Running => renders.Where(row => (row.State == queued || row.State == running) && row.StartedAt != null),
            _ => renders.Where(row => row.State == name),
        };
    }
}
