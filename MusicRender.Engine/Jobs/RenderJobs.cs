using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Renders as grains.</summary>
internal sealed class RenderJobs(IGrainFactory grains, RenderRuns runs, RenderRecords records, PartialTakes takes, GeneratorCatalogue generators, GrainCalls calls, RenderAdmission admission, QueueRecords queue, TimeProvider time) : IRenderJobs
{
    /// <summary>How many blocks of sound come in one answer of another node: 256 KiB.</summary>
    private const int BlocksAtOnce = 8;

    public IReadOnlyList<GeneratorInfo> Generators =>
    [
        .. generators.All.Select(generator => new GeneratorInfo(generator.Name, generator.DisplayName, generator.Capabilities.IsLocal, generator.Capabilities.OutputFormats)
        {
            Price = generator.Capabilities.Price,
            TakesFinetunes = generator.Capabilities.TakesFinetunes,
        }),
    ];

    public IReadOnlyList<string> Understand(string generator, CompositionPlan plan, int? seed) => generators.Find(generator)?.Understand(plan, seed) ?? [];

    public IReadOnlyList<PlanRemark> RemarksOn(string generator, CompositionPlan plan, string? modelId) => generators.Find(generator)?.RemarksOn(plan, modelId) ?? [];

    public async Task<RenderStart> StartAsync(RenderRequest request, CancellationToken ct)
    {
        IReadOnlyList<PlanProblem> problems = [.. PlanValidator.Check(request.Composition), .. generators.Check(request.Options)];
        if (problems.Count > 0)
        {
            return RenderStart.Refused(RenderFailure.Invalid(problems));
        }

        ct.ThrowIfCancellationRequested();
        if (runs.IsStopping)
        {
            return RenderStart.Refused(RenderRuns.Stopping);
        }

        return await admission.StartAsync(generators.Find(request.Options.Generator)!, request, (id, generator, seeded, hash) => BeginAsync(id, generator, seeded, hash, ct), ct);
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ListenAsync(RenderId id, CancellationToken ct) =>
        takes.Store.TryGetPartial(id.Value, out var partial) && partial.TryOpenRead() is { } file ? ListenHereAsync(partial, file, ct) : ListenThereAsync(id, ct);

    public async Task<RenderStart?> RetryAsync(RenderId id, string? client, CancellationToken ct) =>
        await records.FindAsync(id, ct) is { } render
            ? await StartAsync(render.Request with { RequestId = Guid.NewGuid().ToString("N"), Client = client, IdempotencyKey = null, Options = render.Request.Options with { Generator = render.Generator } }, ct)
            : null;

    public async Task<RenderPage> ListAsync(RenderState? state, int page, int pageSize, CancellationToken ct)
    {
        var (ids, total) = await queue.PageAsync(state, page, pageSize, ct);
        return new RenderPage(await StatusesAsync(ids, ct), total);
    }

    public async Task<IReadOnlyList<RenderStatus>> EndedAsync(int most, CancellationToken ct) => await StatusesAsync(await queue.EndedAsync(most, ct), ct);

    public async IAsyncEnumerable<RenderEvent> WatchAsync(RenderId id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var attempts = 0; ;)
        {
            var events = (runs.TryGet(id, out var run) ? run.Log.ReadAsync(after, ct) : Grain(id).WatchAsync(after, ct)).GetAsyncEnumerator(ct);
            var isBroken = false;
            await using (events)
            {
                while (true)
                {
                    try
                    {
                        if (!await events.MoveNextAsync())
                        {
                            break;
                        }
                    }
                    catch (Exception exception) when (GrainCalls.IsPassing(exception))
                    {
                        // The node that runs it is gone, or a watcher that was slow for long was forgotten: it goes on where it was.
                        isBroken = true;
                        break;
                    }

                    (after, attempts) = (events.Current.Sequence, 0);
                    var isEnd = events.Current.IsTerminal;
                    yield return events.Current;
                    if (isEnd)
                    {
                        yield break;
                    }
                }
            }

            // A log without an end goes on somewhere else, or later; there is none of an id that never was.
            if (runs.IsStopping || (!isBroken && await FindAsync(id, ct) is null))
            {
                yield break;
            }

            await Task.Delay(GrainCalls.PauseAfter(++attempts), time, ct);
        }
    }

    public Task CancelAsync(RenderId id, CancellationToken ct) => calls.RetryAsync(() => Grain(id).CancelAsync(), ct);

    public async Task<RenderStatus?> FindAsync(RenderId id, CancellationToken ct)
    {
        RenderStatus? status = null;
        await calls.RetryAsync(async () => status = await Grain(id).FindAsync(), ct);
        return status;
    }

    public Task<RenderId?> OfKeyAsync(string idempotencyKey, CancellationToken ct) => admission.OfKeyAsync(idempotencyKey, ct);

    public Task<KeptTake> KeepTakeAsync(RenderId id, CancellationToken ct) => Grain(id).KeepAsync();

    public async Task<IReadOnlyList<RenderStatus>> UnkeptTakesAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        IReadOnlyList<RenderId> all;
        try
        {
            all = await takes.AllAsync(ct);
        }
        catch (IOException)
        {
            // The storage is away; health says so.
            return [];
        }

        var statuses = await Task.WhenAll(all.Select(id => FindAsync(id, ct)));
        return [.. statuses.OfType<RenderStatus>().Where(status => status.PartialTake is not null).OrderByDescending(status => status.CreatedAt)];
    }

    public async Task<IReadOnlyList<RenderStatus>> UnderWayAsync(CancellationToken ct)
    {
        var statuses = await Task.WhenAll((await records.UnfinishedAsync(ct)).Select(render => FindAsync(render.Id, ct)));
        return [.. statuses.OfType<RenderStatus>().Where(status => status.State is RenderState.Queued or RenderState.Running)];
    }

    public Task<int> CountUnderWayAsync(CancellationToken ct) => records.CountUnfinishedAsync(ct);

    private async Task<IReadOnlyList<RenderStatus>> StatusesAsync(IReadOnlyList<RenderId> ids, CancellationToken ct) =>
        [.. (await Task.WhenAll(ids.Select(id => FindAsync(id, ct)))).OfType<RenderStatus>()];

    /// <summary>Has a grain begin a render. One whose node died meanwhile may have entered it: then it is accepted, and is taken up.</summary>
    private async Task<RenderFailure?> BeginAsync(RenderId id, string generator, RenderRequest request, string? hash, CancellationToken ct)
    {
        RenderFailure? failure = null;
        var hasAsked = false;
        await calls.RetryAsync(
            async () =>
            {
                var isEntered = hasAsked && await records.FindAsync(id, ct) is not null;
                hasAsked = true;
                failure = isEntered ? null : await Grain(id).StartAsync(generator, request, hash);
            },
            ct);
        return failure;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ListenHereAsync(PartialAudio partial, FileStream file, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (file)
        {
            await foreach (var bytes in partial.ListenAsync(file, ct))
            {
                yield return bytes;
            }
        }
    }

    /// <summary>Through the node that makes it, a few blocks at a time: a slow listener holds up nobody.</summary>
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ListenThereAsync(RenderId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var bytes in Grain(id).ListenAsync(ct).WithBatchSize(BlocksAtOnce).WithCancellation(ct))
        {
            yield return bytes;
        }
    }

    private IRenderGrain Grain(RenderId id) => grains.GetGrain<IRenderGrain>(id.Value);
}
