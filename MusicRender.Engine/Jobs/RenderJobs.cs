using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Renders as grains.</summary>
internal sealed class RenderJobs(IGrainFactory grains, LiveLogs live, RenderRecords records, PartialTakes takes, GeneratorCatalogue generators, RenderAdmission admission, QueueRecords queue) : IRenderJobs
{
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
        return await admission.StartAsync(generators.Find(request.Options.Generator)!, request, (id, generator, seeded, hash) => Grain(id).StartAsync(generator, seeded, hash), ct);
    }

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

    public IAsyncEnumerable<RenderEvent> WatchAsync(RenderId id, long after, CancellationToken ct) =>
        live.TryGet(id, out var log) ? log.ReadAsync(after, ct) : WatchGrainAsync(id, after, ct);

    public Task CancelAsync(RenderId id, CancellationToken ct) => Grain(id).CancelAsync();

    public Task<RenderStatus?> FindAsync(RenderId id, CancellationToken ct) => Grain(id).FindAsync();

    public Task<KeptTake> KeepTakeAsync(RenderId id, CancellationToken ct) => Grain(id).KeepAsync();

    public async Task<IReadOnlyList<RenderStatus>> UnkeptTakesAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var statuses = await Task.WhenAll(takes.All().Select(id => Grain(id).FindAsync()));
        return [.. statuses.OfType<RenderStatus>().Where(status => status.PartialTake is not null).OrderByDescending(status => status.CreatedAt)];
    }

    public async Task<IReadOnlyList<RenderStatus>> UnderWayAsync(CancellationToken ct)
    {
        var statuses = await Task.WhenAll((await records.UnfinishedAsync(ct)).Select(id => Grain(id).FindAsync()));
        return [.. statuses.OfType<RenderStatus>().Where(status => status.State is RenderState.Queued or RenderState.Running)];
    }

    private async IAsyncEnumerable<RenderEvent> WatchGrainAsync(RenderId id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var isEnded = false;
        while (!isEnded)
        {
            var isAborted = false;
            var events = Grain(id).WatchAsync(after, ct).GetAsyncEnumerator(ct);
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
                    catch (EnumerationAbortedException)
                    {
                        // A watcher that was slow for long is forgotten by the grain; it goes on where it was.
                        isAborted = true;
                        break;
                    }

                    after = events.Current.Sequence;
                    isEnded = events.Current.IsTerminal;
                    yield return events.Current;
                    if (isEnded)
                    {
                        break;
                    }
                }
            }

            if (!isAborted)
            {
                yield break;
            }
        }
    }

    private async Task<IReadOnlyList<RenderStatus>> StatusesAsync(IReadOnlyList<RenderId> ids, CancellationToken ct) =>
        [.. (await Task.WhenAll(ids.Select(id => FindAsync(id, ct)))).OfType<RenderStatus>()];

    private IRenderGrain Grain(RenderId id) => grains.GetGrain<IRenderGrain>(id.Value);
}
