using System.Diagnostics.Metrics;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Postgres;
using MusicRender.Engine.Rendering;
using MusicRender.Tests;
using Npgsql;
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

    [Fact]
    public async Task Render_InWhoseMidstTheDatabaseCanOnlyBeRead_EndsAsIfItHadNot()
    {
        // As at a failover: whoever answers now is a standby until it takes over.
        var database = new NpgsqlConnectionStringBuilder(_engine.Service<PostgresConnection>().Text).Database;
        var (begun, isReadOnly) = (new TaskCompletionSource(), new TaskCompletionSource());
        var failures = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => ListenTo(instrument, listening) };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref failures, (int)count));
        listener.Start();
        _engine.Generator.OnGenerate = (_, _) => Script();
        var id = await _engine.StartAsync(Plans.Short);
        await begun.Task.WaitAsync(Until.Limit, Ct);

        await SetReadOnlyAsync("on");
        isReadOnly.SetResult();
        // More often than a trouble is met that does not pass: a write that failed among others is tried alone.
        await Until.TrueAsync(() => Volatile.Read(ref failures) > (2 * CatalogueTrouble.Attempts) + 2, "its end was tried again and again");
        await SetReadOnlyAsync("off");

        var log = await _engine.LogAsync(id);
        Assert.IsType<ResultEvent>(log[^1]);
        Assert.NotNull(await _engine.Service<ITrackLibrary>().FindAsync(id.Value, Ct));

        async Task SetReadOnlyAsync(string value)
        {
            await _server.ExecuteAsync("postgres", $"ALTER DATABASE {database} SET default_transaction_read_only = {value}");
            await _server.ExecuteAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        }

        async IAsyncEnumerable<GeneratorOutput> Script()
        {
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            begun.SetResult();
            await isReadOnly.Task;
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
        }

        static void ListenTo(Instrument instrument, MeterListener listening)
        {
            if (instrument.Name == "musicrender.catalogue.failures")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        }
    }
}
