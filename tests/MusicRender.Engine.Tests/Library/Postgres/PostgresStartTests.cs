using MusicRender.Tests;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>What a person reads when the database is not what the configuration says.</summary>
public sealed class PostgresStartTests(PostgresServer server)
{
    private const string Password = "s3cret;word";

    [Theory]
    [InlineData("Data Source=musicrender.db")]
    [InlineData("Host=db;Password=s3cret;word")]
    [InlineData("Host=db;Port=s3cret")]
    [InlineData("s3cret")]
    [InlineData("Username=me;Password=s3cret")]
    public async Task ConnectionString_ThatIsNone_IsRefusedWithoutShowingIt(string text)
    {
        var failure = await RefusalAsync(text);
        Assert.StartsWith("ConnectionStrings:MusicRender is not a connection string of PostgreSQL.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsNamedWithoutThePassword()
    {
        var failure = await RefusalAsync($"Host=127.0.0.1;Port=9;Database=songs;Username=me;Password=\"{Password}\"");
        Assert.StartsWith("the catalogue at 127.0.0.1:9/songs cannot be opened: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_WhomTheServerDoesNotKnow_IsSaidToBe()
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync()) { Username = "nobody", Password = Password };
        var failure = await RefusalAsync(settings.ConnectionString);
        Assert.EndsWith("cannot be opened: the server refuses user or password. ConnectionStrings:MusicRender says where it is.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<EngineStartException> RefusalAsync(string text)
    {
        await using var engine = new EngineHost();
        engine.Set("ConnectionStrings:MusicRender", text);
        return await Assert.ThrowsAsync<EngineStartException>(async () => await engine.InitializeAsync());
    }
}
