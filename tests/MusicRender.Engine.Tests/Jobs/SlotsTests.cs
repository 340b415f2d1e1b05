using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public sealed class SlotsTests(EngineHost engine) : IClassFixture<EngineHost>, IDisposable
{
    private readonly Dictionary<int, TaskCompletionSource> _gates = new() { [1] = new(), [2] = new(), [3] = new(), [4] = new() };
    private readonly List<int> _begun = [];

    public void Dispose() => engine.Generator.Reset();

    [Fact]
    public async Task Renders_OfOneSlot_AreServedInTheirOrderAndToldTheirPlaces()
    {
        engine.Generator.Capacity = 1;
        engine.Generator.OnGenerate = (request, _) => Gated(request.Seed);
        var first = await StartAsync(1);
        await Until.TrueAsync(() => _begun.Count == 1, "the first begins");
        var second = await StartAsync(2);
        await IsAtAsync(second, 1);
        var third = await StartAsync(3);
        await IsAtAsync(third, 2);
        var fourth = await StartAsync(4);
        await IsAtAsync(fourth, 3);
        Assert.Equal(RenderState.Queued, (await engine.Jobs.FindAsync(third, CancellationToken.None))!.State);
        Assert.Equal(RenderState.Running, (await engine.Jobs.FindAsync(first, CancellationToken.None))!.State);
        Assert.Equal([first, second, third, fourth], (await engine.Jobs.UnderWayAsync(CancellationToken.None)).Select(status => status.Id));

        // One that leaves the line lets the others move up.
        await engine.Jobs.CancelAsync(third, CancellationToken.None);
        Assert.Equal("cancelled", ReasonOf((await engine.LogAsync(third))[^1]));
        await IsAtAsync(fourth, 2);
        foreach (var gate in _gates.Values)
        {
            gate.SetResult();
        }

        var logs = await Task.WhenAll(new[] { first, second, fourth }.Select(id => engine.LogAsync(id)));
        Assert.All(logs, log => Assert.IsType<ResultEvent>(log[^1]));
        Assert.Equal([1, 2, 4], _begun);
        Assert.Empty(Positions(logs[0]));
        Assert.Equal([1], Positions(logs[1]));
        Assert.Equal([3, 2, 1], Positions(logs[2]));
        Assert.All(logs[2].OfType<ProgressEvent>().Where(entry => entry.Stage == RenderStage.Queued), entry => Assert.Equal(10, entry.Percent));
        Assert.Empty(await engine.Jobs.UnderWayAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Renders_OfManySlots_RunAtOnce()
    {
        engine.Generator.Capacity = 3;
        engine.Generator.OnGenerate = (request, _) => Gated(request.Seed);
        var ids = new[] { await StartAsync(1), await StartAsync(2), await StartAsync(3) };
        await Until.TrueAsync(
            () =>
            {
                lock (_begun)
                {
                    return _begun.Count == 3;
                }
            },
            "all three run at once");
        foreach (var gate in _gates.Values)
        {
            gate.SetResult();
        }

        Assert.All(await Task.WhenAll(ids.Select(id => engine.LogAsync(id))), log => Assert.Empty(Positions(log)));
    }

    [Fact]
    public async Task Renders_FarMoreThanSlots_AllEnd()
    {
        engine.Generator.Capacity = 2;
        var running = 0;
        var most = 0;
        engine.Generator.OnGenerate = (_, _) => Counted();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.StartAsync(Plans.Short)));
        Assert.All(await Task.WhenAll(ids.Select(id => engine.LogAsync(id))), log => Assert.IsType<ResultEvent>(log[^1]));
        Assert.InRange(most, 1, 2);

        async IAsyncEnumerable<GeneratorOutput> Counted()
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await foreach (var output in ScriptedGenerator.Tone(3_000))
            {
                yield return output;
            }

            Interlocked.Decrement(ref running);
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; seen < value; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static IEnumerable<int> Positions(IReadOnlyList<RenderEvent> log) => log.OfType<ProgressEvent>().Select(entry => entry.QueuePosition).OfType<int>();

    private static string? ReasonOf(RenderEvent end) => Assert.IsType<ErrorEvent>(end).Failure.Details!.Value.GetProperty("reason").GetString();

    private Task<RenderId> StartAsync(int seed) => engine.StartAsync(Plans.Short, new RenderOptions { Seed = seed });

    private Task IsAtAsync(RenderId id, int position) =>
        Until.TrueAsync(async () => (await engine.Jobs.FindAsync(id, CancellationToken.None))?.Progress?.QueuePosition == position, $"a render is number {position} in line");

    private async IAsyncEnumerable<GeneratorOutput> Gated(int seed)
    {
        lock (_begun)
        {
            _begun.Add(seed);
        }

        await _gates[seed].Task;
        await foreach (var output in ScriptedGenerator.Tone(3_000))
        {
            yield return output;
        }
    }
}
