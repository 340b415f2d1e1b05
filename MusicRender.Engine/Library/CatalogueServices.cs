using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library.Postgres;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>The catalogue on its database: a file of the library, or a PostgreSQL that several processes share.</summary>
internal static class CatalogueServices
{
    public static void AddCatalogue(this IServiceCollection services, PostgresConnection? postgres)
    {
        if (postgres is null)
        {
            services.AddPooledDbContextFactory<Catalogue>((provider, options) =>
                options.UseSqlite(CatalogueSetup.ConnectionString(provider.GetRequiredService<IOptions<LibraryOptions>>().Value.Root)));
            services.AddSingleton<INodeLease, SoleLease>();
            services.AddSingleton<ILibraryNews, NoNews>();
        }
        else
        {
            services.AddSingleton(postgres);
            services.AddSingleton(_ => new NpgsqlDataSourceBuilder(postgres.Text).Build());
            services.AddPooledDbContextFactory<PostgresCatalogue>((provider, options) => options
                .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.ExecutionStrategy(dependencies => new ReadAgain(dependencies)))
                .AddInterceptors(new PostgresTexts()));
            services.AddSingleton<IDbContextFactory<Catalogue>, AnyCatalogue>();
            services.AddSingleton<PostgresSetup>();
            services.AddSingleton<ISharedTexts, SharedTexts>();
            services.AddSingleton<ILeaseTable, LeaseTable>();
            services.AddSingleton<INodeLease, SharedLease>();
            services.AddSingleton<PostgresNews>();
            services.AddSingleton<ILibraryNews>(provider => provider.GetRequiredService<PostgresNews>());
            services.AddHostedService(provider => provider.GetRequiredService<PostgresNews>());
        }

        services.AddSingleton<CatalogueWriter>();
        services.AddSingleton<CatalogueSetup>();
    }

    /// <summary>For whoever does not mind what the catalogue is on.</summary>
    private sealed class AnyCatalogue(IDbContextFactory<PostgresCatalogue> catalogues) : IDbContextFactory<Catalogue>
    {
        public Catalogue CreateDbContext() => catalogues.CreateDbContext();
    }
}
