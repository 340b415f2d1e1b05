using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>A render as the catalogue has it.</summary>
/// <param name="Id">The render.</param>
/// <param name="State">Where it stood when it was written last.</param>
/// <param name="Generator">The generator's name.</param>
/// <param name="Request">What was asked for; its options hold the seed used.</param>
/// <param name="Log">The whole log of a render that has ended; null for one that was waiting or running.</param>
/// <param name="CreatedAt">Accepted, UTC.</param>
/// <param name="StartedAt">Begun, UTC.</param>
/// <param name="FinishedAt">Ended, UTC.</param>
internal sealed record RenderRecord(
    RenderId Id,
    RenderState State,
    string Generator,
    RenderRequest Request,
    IReadOnlyList<RenderEvent>? Log,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);

/// <summary>The renders of the catalogue.</summary>
internal sealed class RenderRecords(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, TimeProvider time)
{
    /// <summary>Enters a render that was accepted. On disk when this returns.</summary>
    public Task AcceptAsync(RenderRecord render, CancellationToken ct)
    {
        var row = new RenderRow
        {
            Id = render.Id.Value,
            State = render.State.ToString(),
            Generator = render.Generator,
            Request = JsonSerializer.Serialize(render.Request, RenderingJson.Documents.RenderRequest),
            Title = render.Request.Composition.Title,
            DraftId = render.Request.DraftId,
            CreatedAt = render.CreatedAt.ToUnixTimeMilliseconds(),
        };
        return writer.WriteAsync(commands => commands.InsertRender(row), ct);
    }

    /// <summary>Enters how a render ended, with its whole log and its track, all or nothing.</summary>
    public Task FinishAsync(RenderId id, RenderOutcome outcome, IReadOnlyList<RenderEvent> log, DateTimeOffset? startedAt, CancellationToken ct)
    {
        var events = JsonSerializer.Serialize(log, RenderingJson.Documents.IReadOnlyListRenderEvent);
        var track = outcome.Track is null ? null : TrackLibrary.RowOf(outcome.Track, outcome.Peaks);
        var finishedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(
            commands =>
            {
                commands.EndRender(id.Value, outcome.State.ToString(), events, startedAt?.ToUnixTimeMilliseconds(), finishedAt);
                if (track is not null)
                {
                    commands.InsertTrack(track);
                }
            },
            ct);
    }

    /// <summary>A render, or null for an id that never was.</summary>
    public async Task<RenderRecord?> FindAsync(RenderId id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Renders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, ct) is { } row ? Read(row) : null;
    }

    /// <summary>The ids of renders that have not ended, oldest first.</summary>
    public async Task<IReadOnlyList<RenderId>> UnfinishedAsync(CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var unfinished = nameof(RenderState.Queued);
        var ids = await catalogue.Renders.AsNoTracking().Where(row => row.State == unfinished).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Id).ToListAsync(ct);
        return [.. ids.Select(id => new RenderId(id))];
    }

    /// <summary>Enters a track that was made of what a render left, and the render's end, should that not have been entered.</summary>
    public Task KeepAsync(RenderId id, Track track, IReadOnlyList<float> peaks, RenderState state, IReadOnlyList<RenderEvent> log, CancellationToken ct) =>
        writer.WriteAsync(
            async (catalogue, token) =>
            {
                if (await catalogue.Renders.FindAsync([id.Value], token) is { Events: null } row)
                {
                    row.State = state.ToString();
                    row.Events = JsonSerializer.Serialize(log, RenderingJson.Documents.IReadOnlyListRenderEvent);
                    row.FinishedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
                }

                catalogue.Tracks.Add(TrackLibrary.RowOf(track, peaks));
            },
            ct);

    /// <summary>What went wrong with the catalogue, for people.</summary>
    /// <param name="exception">What a write threw.</param>
    /// <param name="then">What to do once that is mended.</param>
    public static RenderFailure FailureOf(Exception exception, string then = "render again") =>
        RenderFailure.Server(CatalogueTrouble.Explain(exception, then), "catalogue");

    private static RenderRecord Read(RenderRow row) => new(
        new RenderId(row.Id),
        Enum.Parse<RenderState>(row.State),
        row.Generator,
        JsonSerializer.Deserialize(row.Request, RenderingJson.Documents.RenderRequest)!,
        row.Events is null ? null : JsonSerializer.Deserialize(row.Events, RenderingJson.Documents.IReadOnlyListRenderEvent),
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        row.StartedAt is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
        row.FinishedAt is { } finished ? DateTimeOffset.FromUnixTimeMilliseconds(finished) : null);
}
