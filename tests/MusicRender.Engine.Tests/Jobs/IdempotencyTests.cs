using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>The same request with the same key is the same render.</summary>
public sealed class IdempotencyTests(EngineHost engine) : IClassFixture<EngineHost>, IDisposable
{
    private readonly string _key = Guid.NewGuid().ToString();

    public void Dispose() => engine.Generator.Reset();

    [Fact]
    public async Task SameKey_SameRequest_IsTheSameRender()
    {
        var first = await AcceptedAsync(Request(_key));
        var log = await engine.LogAsync(first);
        // Who asks, and under which request id, does not matter.
        var again = await AcceptedAsync(Request(_key) with { RequestId = "request-2", Client = "another" });
        Assert.Equal(first, again);
        Assert.Equal(log.Select(entry => entry.Sequence), (await engine.LogAsync(again)).Select(entry => entry.Sequence));
        Assert.Single(await RendersAsync(_key));
    }

    [Fact]
    public async Task SameKey_ManyAtOnce_GiveOneRender()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => AcceptedAsync(Request(_key))));
        Assert.Single(ids.Distinct());
        Assert.Single(await RendersAsync(_key));
        Assert.IsType<ResultEvent>((await engine.LogAsync(ids[0]))[^1]);
        await Until.TrueAsync(async () => (await engine.Jobs.UnderWayAsync(CancellationToken.None)).Count == 0, "the renders of other tests have ended");
        // Those that were not first hold no slot: as many as there are can run.
        engine.Generator.Capacity = 1;
        Assert.DoesNotContain(await engine.RenderAsync(Plans.Short), entry => entry is ProgressEvent { Stage: RenderStage.Queued });
    }

    [Fact]
    public async Task SameKey_AnotherRequest_IsRefused()
    {
        await AcceptedAsync(Request(_key));
        foreach (var other in new[]
        {
            Request(_key) with { Composition = Plans.Short with { Title = "Another" } },
            Request(_key) with { Options = new RenderOptions { Seed = 8 } },
            Request(_key) with { Options = new RenderOptions { Seed = 7, OutputFormat = "mp3_44100_64" } },
            Request(_key) with { Song = new SongMetadata { Description = "of rain" } },
        })
        {
            var start = await engine.Jobs.StartAsync(other, CancellationToken.None);
            Assert.Equal((FailureCode.InvalidRequest, "idempotency_key_reused"), (start.Failure!.Code, start.Failure.Reason));
        }

        Assert.Single(await RendersAsync(_key));
    }

    [Fact]
    public async Task RequestWithoutASeed_ComingAgain_GivesTheSeedThatWasChosen()
    {
        var request = Request(_key) with { Options = new RenderOptions() };
        var (first, again) = (await AcceptedAsync(request), await AcceptedAsync(request));
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task RefusedRequest_UsesNoKeyUp()
    {
        var refused = await engine.Jobs.StartAsync(Request(_key) with { Composition = Plans.Short with { Sections = [] } }, CancellationToken.None);
        Assert.Equal(FailureCode.ValidationError, refused.Failure!.Code);
        Assert.Empty(await RendersAsync(_key));
        await AcceptedAsync(Request(_key));
    }

    [Fact]
    public async Task Key_OfYesterday_IsFreeAgain()
    {
        var first = await AcceptedAsync(Request(_key));
        await engine.Service<CatalogueWriter>().WriteAsync(
            async (catalogue, token) => (await catalogue.IdempotencyKeys.SingleAsync(row => row.Key == _key, token)).CreatedAt -= (long)IdempotencyKeys.Life.TotalMilliseconds,
            CancellationToken.None);
        var old = $"old-{_key}";
        await AcceptedAsync(Request(old));
        Assert.Empty(await RendersAsync(_key));
        Assert.NotEqual(first, await AcceptedAsync(Request(_key)));
        Assert.Single(await RendersAsync(_key));
        Assert.Single(await RendersAsync(old));
    }

    [Fact]
    public async Task RequestsWithoutAKey_AreRendersOfTheirOwn() =>
        Assert.NotEqual(await AcceptedAsync(Request(null)), await AcceptedAsync(Request(null)));

    private static RenderRequest Request(string? key) => EngineHost.RequestOf(Plans.Short, new RenderOptions { Seed = 7 }) with { IdempotencyKey = key };

    private async Task<RenderId> AcceptedAsync(RenderRequest request)
    {
        var start = await engine.Jobs.StartAsync(request, CancellationToken.None);
        Assert.Null(start.Failure);
        return start.Id;
    }

    private Task<List<string>> RendersAsync(string key) =>
        engine.ReadAsync(catalogue => catalogue.IdempotencyKeys.Where(row => row.Key == key).Join(catalogue.Renders, row => row.RenderId, render => render.Id, (_, render) => render.Id).ToListAsync());
}
