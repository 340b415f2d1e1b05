using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>The sound of a render, heard through its grain as another node hears it.</summary>
public sealed class ListenTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly TimeSpan Limit = Until.Limit;

    [Fact]
    public async Task Listeners_HereAndThroughTheGrain_HearTheSame_WhileItIsMadeAndToItsEnd()
    {
        var script = new PaidScript([.. await ScriptedGenerator.Mp3(2_000).ToListAsync()]);
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;

        var there = Grain(id).ListenAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await there.MoveNextAsync().AsTask().WaitAsync(Limit));
        var heardThere = new MemoryStream();
        heardThere.Write(there.Current);
        var here = HearHereAsync(id);

        script.End();
        while (await there.MoveNextAsync().AsTask().WaitAsync(Limit))
        {
            heardThere.Write(there.Current);
        }

        await there.DisposeAsync();
        var heardHere = await here.WaitAsync(Limit);
        Assert.NotEmpty(heardHere);
        Assert.Equal(heardHere, heardThere.ToArray());
        await engine.LogAsync(id);
    }

    [Fact]
    public async Task Listener_ThatGoes_IsForgotten_AndTheRenderGoesOn()
    {
        var script = new PaidScript([.. await ScriptedGenerator.Mp3(2_000).ToListAsync()]);
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;

        using var gone = new CancellationTokenSource();
        await using (var there = Grain(id).ListenAsync(gone.Token).GetAsyncEnumerator(gone.Token))
        {
            Assert.True(await there.MoveNextAsync().AsTask().WaitAsync(Limit));
            await gone.CancelAsync();
        }

        script.End();
        Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]);
    }

    [Fact]
    public async Task Listener_OfWhatIsNotMade_HearsNothing()
    {
        var id = RenderId.New(TimeProvider.System.GetUtcNow());
        Assert.Empty(await engine.Jobs.ListenAsync(id, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    private IRenderGrain Grain(RenderId id) => engine.Service<IGrainFactory>().GetGrain<IRenderGrain>(id.Value);

    private async Task<byte[]> HearHereAsync(RenderId id)
    {
        var heard = new MemoryStream();
        await foreach (var bytes in engine.Jobs.ListenAsync(id, TestContext.Current.CancellationToken))
        {
            heard.Write(bytes.Span);
        }

        return heard.ToArray();
    }
}
