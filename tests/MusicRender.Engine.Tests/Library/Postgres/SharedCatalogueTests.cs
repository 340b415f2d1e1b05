using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Postgres;
using MusicRender.Tests;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>Several processes on one database, as far as a catalogue alone shows it: an engine stands for a process.</summary>
public sealed class SharedCatalogueTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_ThatIsNotThere_IsMadeOnceByAllWhoStartAtOnce()
    {
        var database = await server.NameDatabaseAsync("made_by_three");
        await using var one = On(database);
        await using var two = On(database);
        await using var three = On(database);

        await Task.WhenAll(one.PrepareLibraryAsync(), two.PrepareLibraryAsync(), three.PrepareLibraryAsync());

        await one.Service<IDrafts>().SaveAsync(new Draft { Id = "d" }, Ct);
        Assert.NotNull(await three.Service<IDrafts>().FindAsync("d", Ct));
        // One key for all: what one signs, the others read.
        Assert.Equal(1, await two.ReadAsync(catalogue => ((PostgresCatalogue)catalogue).RingKeys.CountAsync(Ct)));
        await one.Service<SecretStore>().KeepAsync("key", "sesame", Ct);
        Assert.Equal("sesame", (await two.Service<SecretStore>().FindAsync("key", Ct)).Value);
    }

    [Fact]
    public async Task Edits_OfOneDraftByTwoProcesses_AreAllCounted()
    {
        var database = await server.NewDatabaseAsync();
        await using var one = On(database);
        await using var two = On(database);
        await one.PrepareLibraryAsync();
        await two.PrepareLibraryAsync();

        // None of them is there at first, and all of them want to be the one who makes it.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            (number % 2 == 0 ? one : two).Service<IDrafts>().SaveAsync(new Draft { Id = "d", Story = $"{number}" }, Ct)));

        Assert.Equal(40, (await one.Service<IDrafts>().FindAsync("d", Ct))!.Version);
    }

    [Fact]
    public async Task Connections_ThatTheServerBreaks_AreOpenedAnew()
    {
        var database = await server.NewDatabaseAsync();
        await using var engine = On(database);
        await engine.PrepareLibraryAsync();
        for (var time = 1; time <= 3; time++)
        {
            var saved = await engine.Service<IDrafts>().SaveAsync(new Draft { Id = "d" }, Ct);
            Assert.Equal(time, saved.Version);
            Assert.Equal(time, (await engine.Service<IDrafts>().FindAsync("d", Ct))!.Version);
            await server.ExecuteAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(database).Database}'");
        }
    }

    [Fact]
    public async Task Database_ThatCanOnlyBeRead_IsSaidToBe()
    {
        var database = await server.NewDatabaseAsync();
        await using (var engine = On(database))
        {
            await engine.PrepareLibraryAsync();
        }

        await server.ExecuteAsync("postgres", $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET default_transaction_read_only = on");
        await using var reader = On(database);
        Assert.Empty((await reader.Service<ITrackLibrary>().SearchAsync(new TrackQuery(null), Ct)).Tracks);
        var failure = await reader.Service<IStudioSettings>().KeepAsync(new CompositionDefaults(), Ct);
        Assert.Equal("The library's database can only be read. Check it, then try again.", failure!.Message);
    }

    private static EngineHost On(string database)
    {
        var engine = new EngineHost();
        engine.Set("ConnectionStrings:MusicRender", database);
        return engine;
    }
}
