using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Postgres;
using MusicRender.Tests;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>Leases on a real server.</summary>
public sealed class LeaseTableTests(PostgresServer server) : IAsyncLifetime
{
    private readonly EngineHost _engine = new();
    private string _database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.NewDatabaseAsync();
        _engine.Set("ConnectionStrings:MusicRender", _database);
        await _engine.PrepareLibraryAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Leases_AreThereUntilTheyRunOutByTheServersClock()
    {
        await using var table = Table();
        var before = await table.RenewAsync("lasting", TimeSpan.FromMinutes(1), Ct);
        await table.RenewAsync("over", TimeSpan.Zero, Ct);
        var after = await table.RenewAsync("given back", TimeSpan.FromMinutes(1), Ct);
        await table.RemoveAsync("given back", Ct);

        var (now, until) = await table.HoldersAsync(Ct);
        Assert.Equal(["lasting"], until.Keys);
        Assert.True(before <= after && after <= now);

        await table.RenewAsync("over", TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(["lasting", "over"], (await table.HoldersAsync(Ct)).Until.Keys.Order());
    }

    [Fact]
    public async Task Connection_ThatTheServerBreaks_IsOpenedAnewAtTheNextTry()
    {
        await using var table = Table();
        await table.RenewAsync("one", TimeSpan.FromMinutes(1), Ct);
        await server.ExecuteAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(_database).Database}'");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => table.RenewAsync("one", TimeSpan.FromMinutes(1), Ct));
        await table.RenewAsync("one", TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(["one"], (await table.HoldersAsync(Ct)).Until.Keys);
    }

    [Fact]
    public async Task Engine_HoldsItsLeaseWhileItRunsAndGivesItBackWhenItStops()
    {
        await using var table = Table();
        var engine = new EngineHost();
        await using (engine)
        {
            engine.Set("ConnectionStrings:MusicRender", _database);
            await engine.InitializeAsync();
            var lease = engine.Service<INodeLease>();
            Assert.True(lease.IsHeld);
            Assert.Equal([lease.NodeId], (await table.HoldersAsync(Ct)).Until.Keys);
        }

        Assert.Empty((await table.HoldersAsync(Ct)).Until.Keys);
    }

    private LeaseTable Table() => new(PostgresConnection.Read(_database)!, TimeProvider.System);
}
