using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Orleans.Core.Internal;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>The line as clients meet it: fair, bounded, with its times, and there again after its grain was lost.</summary>
public sealed class QueueTests : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<int> _begun = [];
    private readonly TaskCompletionSource _gate = new();
    private EngineHost _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = new EngineHost(_folder.Path, ("MusicRender:Queue:MaxWaiting", "5"), ("MusicRender:Queue:MaxWaitingPerClient", "3"));
        _engine.Generator.Capacity = 1;
        _engine.Generator.OnGenerate = (request, ct) => Gated(request.Seed, ct);
        await _engine.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Clients_AreServedInTurn_AndToldSo()
    {
        await BeginAsync("ann", 1);
        var second = await WaitsAsync("ann", 2);
        var third = await WaitsAsync("ann", 3);
        var other = await WaitsAsync("bob", 4);
        await IsAtAsync(second, 1);
        await IsAtAsync(other, 2);
        await IsAtAsync(third, 3);
        Assert.Equal(4, await _engine.Jobs.CountUnderWayAsync(CancellationToken.None));
        Assert.Equal(["ann", "ann", "ann", "bob"], (await _engine.Jobs.UnderWayAsync(CancellationToken.None)).Select(status => status.Client));
        _gate.SetResult();
        await Task.WhenAll(_engine.LogAsync(second), _engine.LogAsync(third), _engine.LogAsync(other));
        Assert.Equal([1, 2, 4, 3], _begun);
    }

    [Fact]
    public async Task Renders_BeyondTheBound_AreRefusedAndToldWhenToComeAgain()
    {
        await BeginAsync("ann", 1);
        foreach (var seed in new[] { 2, 3, 4 })
        {
            await WaitsAsync("ann", seed);
        }

        var ofClient = await RefusedAsync("ann");
        Assert.Contains("yours", ofClient.Message, StringComparison.Ordinal);
        Assert.True(QueueFull.RetryAfter(ofClient) > TimeSpan.Zero);

        // Others have room until all together are too many.
        var last = await WaitsAsync("bob", 5);
        await WaitsAsync("cleo", 6);
        var ofAll = await RefusedAsync("dora");
        Assert.DoesNotContain("yours", ofAll.Message, StringComparison.Ordinal);
        Assert.Equal(6, (await _engine.Jobs.ListAsync(null, 1, 100, CancellationToken.None)).Total);

        // A place that is left is a place for somebody else.
        await _engine.Jobs.CancelAsync(last, CancellationToken.None);
        await _engine.LogAsync(last);
        await WaitsAsync("dora", 7);
        _gate.SetResult();
    }

    [Fact]
    public async Task TimesLeft_ComeFromWhatWasMeasured()
    {
        var before = await StartAsync("ann", 1);
        _gate.SetResult();
        var log = await _engine.LogAsync(before);
        Assert.All(log.OfType<ProgressEvent>(), entry => Assert.Null(entry.EtaSeconds));

        var second = await _engine.LogAsync(await StartAsync("ann", 2));
        Assert.All(second.OfType<ProgressEvent>().Where(entry => entry.Stage == RenderStage.Generating), entry => Assert.InRange(entry.EtaSeconds ?? 1, 1, 60));
        Assert.NotNull(second.OfType<ProgressEvent>().First(entry => entry.Stage == RenderStage.Generating).EtaSeconds);

        // Another process knows it from the catalogue.
        var measured = await _engine.Service<QueueRecords>().HistoryAsync("scripted", 10, CancellationToken.None);
        Assert.Equal([3_000, 3_000], measured.Select(render => render.LengthMs));
        Assert.All(measured, render => Assert.True(render.Took > TimeSpan.Zero));
    }

    [Fact]
    public async Task Line_WhoseGrainIsLost_IsThereAgainInItsOrder()
    {
        await BeginAsync("ann", 1);
        var second = await WaitsAsync("ann", 2);
        var third = await WaitsAsync("ann", 3);
        var other = await WaitsAsync("bob", 4);
        await IsAtAsync(third, 3);

        var slots = _engine.Service<IGrainFactory>().GetGrain<ISlotsGrain>("scripted");
        await slots.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        // Who comes next waits behind those that were there.
        var last = await WaitsAsync("cleo", 5);
        await IsAtAsync(last, 3);
        Assert.Equal([1], _begun);
        _gate.SetResult();
        var logs = await Task.WhenAll(new[] { second, third, other, last }.Select(id => _engine.LogAsync(id)));
        Assert.All(logs, log => Assert.IsType<ResultEvent>(log[^1]));
        Assert.Equal([1, 2, 4, 5, 3], _begun);
    }

    [Fact]
    public async Task Line_OfAServerThatStopped_GoesOnInItsOrder()
    {
        await BeginAsync("ann", 1);
        var waiting = new[] { await WaitsAsync("ann", 2), await WaitsAsync("ann", 3), await WaitsAsync("bob", 4) };
        await _engine.DisposeAsync();
        _begun.Clear();
        _gate.SetResult();

        await InitializeAsync();
        var logs = await Task.WhenAll(waiting.Select(id => _engine.LogAsync(id)));
        Assert.All(logs, log => Assert.IsType<ResultEvent>(log[^1]));
        Assert.Equal([1, 2, 4, 3], _begun);
    }

    [Fact]
    public async Task Renders_AreListedByTheirState_NewestFirst()
    {
        var running = await BeginAsync("ann", 1);
        var waiting = await WaitsAsync("ann", 2);
        Assert.Equal(running, Assert.Single((await _engine.Jobs.ListAsync(RenderState.Running, 1, 10, CancellationToken.None)).Renders).Id);
        Assert.Equal(waiting, Assert.Single((await _engine.Jobs.ListAsync(RenderState.Queued, 1, 10, CancellationToken.None)).Renders).Id);
        await _engine.Jobs.CancelAsync(waiting, CancellationToken.None);
        await _engine.LogAsync(waiting);
        _gate.SetResult();
        var done = new List<RenderId>();
        foreach (var seed in new[] { 3, 4, 5 })
        {
            var id = await StartAsync("ann", seed);
            done.Add(id);
            await _engine.LogAsync(id);
        }

        var page = await _engine.Jobs.ListAsync(RenderState.Succeeded, 2, 2, CancellationToken.None);
        Assert.Equal(4, page.Total);
        Assert.Equal(2, page.Renders.Count);
        Assert.Equal(done[0], page.Renders[0].Id);
        Assert.Equal(waiting, Assert.Single((await _engine.Jobs.ListAsync(RenderState.Cancelled, 1, 10, CancellationToken.None)).Renders).Id);
        Assert.Equal(5, (await _engine.Jobs.ListAsync(null, 1, 10, CancellationToken.None)).Total);
        Assert.Empty((await _engine.Jobs.ListAsync(RenderState.Queued, 1, 10, CancellationToken.None)).Renders);
        Assert.Equal([done[2], done[1]], (await _engine.Jobs.EndedAsync(2, CancellationToken.None)).Select(status => status.Id));
    }

    [Fact]
    public async Task Retry_AsksForTheSameAgain()
    {
        _gate.SetResult();
        _engine.Generator.OnGenerate = (_, _) => Failing();
        var failed = await StartAsync("ann", 11);
        Assert.IsType<ErrorEvent>((await _engine.LogAsync(failed))[^1]);

        _engine.Generator.OnGenerate = (request, ct) => Gated(request.Seed, ct);
        var again = (await _engine.Jobs.RetryAsync(failed, "bob", CancellationToken.None))!.Value;
        Assert.Null(again.Failure);
        Assert.NotEqual(failed, again.Id);
        var result = Assert.IsType<ResultEvent>((await _engine.LogAsync(again.Id))[^1]).Result;
        Assert.Equal((11, Plans.Short.Title), (result.Seed, result.Composition.Title));
        var status = (await _engine.Jobs.FindAsync(again.Id, CancellationToken.None))!;
        Assert.Equal(("bob", "draft-1"), (status.Client, status.DraftId));
        Assert.Null(await _engine.Jobs.RetryAsync(RenderId.New(DateTimeOffset.UtcNow), null, CancellationToken.None));
    }

    private static async IAsyncEnumerable<GeneratorOutput> Failing()
    {
        await Task.Yield();
        yield return new GeneratorOutput.Failed(RenderFailure.Server("It did not work.", "refused"));
    }

    private static RenderRequest RequestOf(string client, int seed) => EngineHost.RequestOf(Plans.Short, new RenderOptions { Seed = seed }) with { Client = client };

    private async Task<RenderId> StartAsync(string client, int seed)
    {
        var start = await _engine.Jobs.StartAsync(RequestOf(client, seed), CancellationToken.None);
        Assert.Null(start.Failure);
        return start.Id;
    }

    private async Task<RenderId> BeginAsync(string client, int seed)
    {
        var id = await StartAsync(client, seed);
        await Until.TrueAsync(() => _begun.Contains(seed), "it begins");
        return id;
    }

    private async Task<RenderId> WaitsAsync(string client, int seed)
    {
        var id = await StartAsync(client, seed);
        await Until.TrueAsync(async () => (await _engine.Jobs.FindAsync(id, CancellationToken.None))?.Progress?.QueuePosition is not null, "it waits");
        return id;
    }

    private async Task<RenderFailure> RefusedAsync(string client)
    {
        var start = await _engine.Jobs.StartAsync(RequestOf(client, 99), CancellationToken.None);
        Assert.Equal(QueueFull.Reason, start.Failure?.Reason);
        return start.Failure!;
    }

    private Task IsAtAsync(RenderId id, int position) =>
        Until.TrueAsync(async () => (await _engine.Jobs.FindAsync(id, CancellationToken.None))?.Progress?.QueuePosition == position, $"a render is number {position} in line");

    private async IAsyncEnumerable<GeneratorOutput> Gated(int seed, [EnumeratorCancellation] CancellationToken ct)
    {
        lock (_begun)
        {
            _begun.Add(seed);
        }

        await _gate.Task.WaitAsync(ct);
        await foreach (var output in ScriptedGenerator.Tone(3_000))
        {
            yield return output;
        }
    }
}
