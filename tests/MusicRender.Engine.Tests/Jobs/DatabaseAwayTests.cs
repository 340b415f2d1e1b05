using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>A database that goes away and comes back, with the engine running: a server of its own, for others must not lose theirs.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private PostgresEngine _engine = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = new PostgresEngine(_server);
        await _engine.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Render_InWhoseMidstTheDatabaseGoesAway_EndsAsIfItHadNot()
    {
        var (isAway, isBack) = (new TaskCompletionSource(), new TaskCompletionSource());
        var begun = new TaskCompletionSource();
        _engine.Generator.OnGenerate = (_, _) => Script();
        var id = await _engine.StartAsync(Plans.Short);
        await begun.Task.WaitAsync(Until.Limit, Ct);

        await _server.StopAsync();
        isAway.SetResult();
        Assert.Equal("The catalogue does not answer.", await _engine.Service<CatalogueSetup>().CheckAsync(Ct));
        var failure = await _engine.Service<IStudioSettings>().KeepAsync(new CompositionDefaults(), Ct);
        Assert.Equal("The library's database does not answer. Check it, then try again.", failure!.Message);
        await _server.StartAsync();
        isBack.SetResult();

        var log = await _engine.LogAsync(id);
        Assert.IsType<ResultEvent>(log[^1]);
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(entry => (int)entry.Sequence));
        Assert.NotNull(await _engine.Service<ITrackLibrary>().FindAsync(id.Value, Ct));
        Assert.Null(await _engine.Service<CatalogueSetup>().CheckAsync(Ct));

        async IAsyncEnumerable<GeneratorOutput> Script()
        {
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            begun.SetResult();
            await isAway.Task;
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            await isBack.Task;
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
        }
    }
}
