using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Renders as grains.</summary>
internal sealed class RenderJobs(IGrainFactory grains, LiveLogs live, RenderRecords records, PartialTakes takes, GeneratorCatalogue generators, TimeProvider time) : IRenderJobs
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
        var id = RenderId.New(time.GetUtcNow());
        var seeded = request with { Options = request.Options with { Seed = request.Options.Seed ?? Random.Shared.Next() } };
        var failure = await Grain(id).StartAsync(generators.Find(request.Options.Generator)!.Name, seeded);
        return failure is null ? RenderStart.Accepted(id) : RenderStart.Refused(failure);
    }

    public IAsyncEnumerable<RenderEvent> WatchAsync(RenderId id, long after, CancellationToken ct) =>
        live.TryGet(id, out var log) ? log.ReadAsync(after, ct) : WatchGrainAsync(id, after, ct);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ListenAsync(RenderId id, CancellationToken ct) =>
        takes.Store.TryGetPartial(id.Value, out var partial) && partial.TryOpenRead() is { } file ? ListenHereAsync(partial, file, ct) : ListenThereAsync(id, ct);

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
