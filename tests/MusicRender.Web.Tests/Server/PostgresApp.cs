using MusicRender.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace MusicRender.Web.Tests.Server;

/// <summary>The real program on a PostgreSQL database of its own.</summary>
public sealed class PostgresApp(PostgresServer server) : MusicRenderApp
{
    private readonly Dictionary<string, string> _settings = [];

    protected override IReadOnlyDictionary<string, string> Settings => _settings;

    public override async ValueTask InitializeAsync()
    {
        _settings["ConnectionStrings:MusicRender"] = await server.NewDatabaseAsync();
        await base.InitializeAsync();
    }
}
