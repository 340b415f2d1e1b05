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
/// <param name="Epoch">How often it was given to a node: 1 for the one that accepted it.</param>
/// <param name="Node">The node that runs it; null when none does.</param>
internal sealed record RenderRecord(
    RenderId Id,
    RenderState State,
    string Generator,
    RenderRequest Request,
    IReadOnlyList<RenderEvent>? Log,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long Epoch = 1,
    string? Node = null);

/// <summary>A render that has not ended, and who runs it.</summary>
internal sealed record UnfinishedRender(RenderId Id, long Epoch, string? Node);

/// <summary>The renders of the catalogue.</summary>
internal sealed class RenderRecords(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, TimeProvider time)
{
    /// <summary>Enters a render that was accepted, with the first entries of its log and its idempotency key. On disk when this returns.</summary>
    /// <returns>False when the key is another render's: nothing was entered then.</returns>
    public async Task<bool> AcceptAsync(RenderRecord render, IReadOnlyList<RenderEvent> first, string? requestHash, CancellationToken ct)
    {
        var row = new RenderRow
        {
            Id = render.Id.Value,
            State = render.State.ToString(),
            Generator = render.Generator,
            Request = JsonSerializer.Serialize(render.Request, RenderingJson.Documents.RenderRequest),
            Epoch = render.Epoch,
            Node = render.Node,
            Client = render.Request.Client,
            LengthMs = render.Request.Composition.DurationMs,
            Title = render.Request.Composition.Title,
            DraftId = render.Request.DraftId,
            CreatedAt = render.CreatedAt.ToUnixTimeMilliseconds(),
        };
        RenderEventText[] events = [.. first.Select(RenderEventText.Of)];
        var key = requestHash is not null && render.Request.IdempotencyKey is { } text ? IdempotencyKeys.RowOf(text, requestHash, render.Id, render.CreatedAt) : null;
        var oldest = (render.CreatedAt - IdempotencyKeys.Life).ToUnixTimeMilliseconds();
        var isEntered = false;
        await writer.WriteAsync(
            commands =>
            {
                isEntered = key is null || commands.InsertKey(key, oldest);
                if (isEntered)
                {
                    commands.InsertRender(row);
                    Insert(commands, render.Id, events);
                }
            },
            ct);
        return isEntered;
    }

    /// <summary>Enters events of a render under way, all or none, and when its generator began. False when it is not held in that epoch.</summary>
    public async Task<bool> AppendAsync(RenderId id, long epoch, IReadOnlyList<RenderEventText> events, DateTimeOffset? startedAt)
    {
        var isHeld = false;
        await writer.WriteAsync(
            commands =>
            {
                isHeld = startedAt is { } at ? commands.Begin(id.Value, epoch, at.ToUnixTimeMilliseconds()) : commands.IsHeld(id.Value, epoch);
                if (isHeld)
                {
                    Insert(commands, id, events);
                }
            },
            CancellationToken.None);
        return isHeld;
    }

    /// <summary>Enters how a render ended, with its whole log and its track, all or nothing. False when it is not held in that epoch.</summary>
    /// <param name="id">The render.</param>
    /// <param name="epoch">The epoch of whoever ran it.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="log">The whole log, as JSON.</param>
    /// <param name="startedAt">When its generator began, or null.</param>
    public async Task<bool> FinishAsync(RenderId id, long epoch, RenderOutcome outcome, string log, DateTimeOffset? startedAt)
    {
        var track = outcome.Track is null ? null : TrackLibrary.RowOf(outcome.Track, outcome.Peaks);
        var finishedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isHeld = false;
        await writer.WriteAsync(
            commands =>
            {
                isHeld = commands.EndRender(id.Value, epoch, outcome.State.ToString(), log, startedAt?.ToUnixTimeMilliseconds(), finishedAt);
                if (isHeld && track is not null)
                {
                    commands.InsertTrack(track);
                }
            },
            CancellationToken.None);
        return isHeld;
    }

    /// <summary>Gives a render that has not ended to a node, with the next epoch. False when somebody else was faster, or it has ended.</summary>
    public async Task<bool> TakeUpAsync(RenderId id, long seen, string node)
    {
        var isTaken = false;
        await writer.WriteAsync(commands => isTaken = commands.TakeUp(id.Value, seen, node), CancellationToken.None);
        return isTaken;
    }

    /// <summary>Enters that nobody runs a render now.</summary>
    /// <param name="id">The render.</param>
    /// <param name="epoch">The epoch of whoever ran it.</param>
    /// <param name="startedAt">When its generator began; null of one that may cost something and was not asked.</param>
    public Task LetGoAsync(RenderId id, long epoch, DateTimeOffset? startedAt) =>
        writer.WriteAsync(commands => commands.LetGo(id.Value, epoch, startedAt?.ToUnixTimeMilliseconds()), CancellationToken.None);

    /// <summary>True when a render has not ended and is held in that epoch.</summary>
    public async Task<bool> IsHeldAsync(RenderId id, long epoch, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Renders.AnyAsync(row => row.Id == id.Value && row.Epoch == epoch && row.Events == null, ct);
    }

    /// <summary>The epochs of these renders, whether they have ended or not.</summary>
    public async Task<IReadOnlyDictionary<RenderId, long>> EpochsAsync(IReadOnlyCollection<RenderId> ids, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var values = ids.Select(id => id.Value).ToList();
        var rows = await catalogue.Renders.AsNoTracking().Where(row => values.Contains(row.Id)).Select(row => new { row.Id, row.Epoch }).ToListAsync(ct);
        return rows.ToDictionary(row => new RenderId(row.Id), row => row.Epoch);
    }

    /// <summary>A render, or null for an id that never was.</summary>
    public async Task<RenderRecord?> FindAsync(RenderId id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Renders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, ct) is { } row ? Read(row) : null;
    }

    /// <summary>The events of a render under way after a number; none when it has ended.</summary>
    public async Task<IReadOnlyList<RenderEvent>> EventsAsync(RenderId id, long after, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var documents = await catalogue.RenderEvents.AsNoTracking().Where(row => row.RenderId == id.Value && row.Sequence > after).OrderBy(row => row.Sequence).Select(row => row.Document).ToListAsync(ct);
        return [.. documents.Select(document => JsonSerializer.Deserialize(document, RenderingJson.Documents.RenderEvent)!)];
    }

    /// <summary>The whole log of a render that has ended; null of any other.</summary>
    public async Task<IReadOnlyList<RenderEvent>?> FindLogAsync(RenderId id, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Renders.AsNoTracking().Where(row => row.Id == id.Value && row.Events != null).Select(row => row.Events).FirstOrDefaultAsync(ct) is { } events
            ? JsonSerializer.Deserialize(events, RenderingJson.Documents.IReadOnlyListRenderEvent)
            : null;
    }

    /// <summary>The renders that have not ended, oldest first.</summary>
    public async Task<IReadOnlyList<UnfinishedRender>> UnfinishedAsync(CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var unfinished = nameof(RenderState.Queued);
        var rows = await catalogue.Renders.AsNoTracking().Where(row => row.State == unfinished).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Epoch, row.Node }).ToListAsync(ct);
        return [.. rows.Select(row => new UnfinishedRender(new RenderId(row.Id), row.Epoch, row.Node))];
    }

    /// <summary>How many renders have not ended.</summary>
    public async Task<int> CountUnfinishedAsync(CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var unfinished = nameof(RenderState.Queued);
        return await catalogue.Renders.CountAsync(row => row.State == unfinished, ct);
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
                    row.Node = null;
                    await catalogue.RenderEvents.Where(entry => entry.RenderId == id.Value).ExecuteDeleteAsync(token);
                }

                // It is there when the answer to the first try got lost.
                if (await catalogue.Tracks.FindAsync([track.Id], token) is null)
                {
                    catalogue.Tracks.Add(TrackLibrary.RowOf(track, peaks));
                }
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
        row.FinishedAt is { } finished ? DateTimeOffset.FromUnixTimeMilliseconds(finished) : null,
        row.Epoch,
        row.Node);

    private static void Insert(CatalogueCommands commands, RenderId id, IReadOnlyList<RenderEventText> events)
    {
        foreach (var (sequence, document) in events)
        {
            commands.InsertEvent(id.Value, sequence, document);
        }
    }
}
