using MusicRender.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace MusicRender.Engine.Tests;

/// <summary>The whole engine on a PostgreSQL database of its own.</summary>
public sealed class PostgresEngine(PostgresServer server) : EngineHost
{
    protected override async ValueTask SetUpAsync() => Set("ConnectionStrings:MusicRender", await server.NewDatabaseAsync());
}
