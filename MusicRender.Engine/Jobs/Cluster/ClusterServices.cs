using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Library.Postgres;
using Orleans.Configuration;

namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>Orleans for one process, or for all processes on a database.</summary>
internal static class ClusterServices
{
    private const int FirstPort = 20_000;
    private const int EndOfPorts = 30_000;

    /// <summary>One process: nobody connects from outside, so any free port will do, and no gateway is opened.</summary>
    public static void UseOneProcess(this ISiloBuilder silo) => silo.UseLocalhostClustering(siloPort: FreePort(IPAddress.Loopback), gatewayPort: 0);

    /// <summary>All processes on the database are one cluster. Grains are called from within, so no gateway is opened here either.</summary>
    public static void UseCluster(this ISiloBuilder silo, IConfiguration configuration, PostgresConnection postgres)
    {
        var settings = configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        var address = settings.AddressFor(postgres);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Id, settings.ServiceId));
        silo.Configure<SiloOptions>(options => options.SiloName = $"{Environment.MachineName}-{Environment.ProcessId}");
        silo.ConfigureEndpoints(address, settings.Port == 0 ? FreePort(address) : settings.Port, gatewayPort: 0);
        silo.Configure<ClusterMembershipOptions>(Tune);
        silo.Services.AddSingleton<IMembershipTable, CatalogueMembership>();
        silo.Services.AddSingleton<IFatalErrorHandler, SiloEnd>();
    }

    /// <summary>
    /// A node that was killed is out within 10 to 15 s: four probes, the first after 2 s, none longer than 3 s. A machine that is
    /// busy answers one of four; Orleans gives a node that is itself slow more time, asks another node to try too, and needs
    /// two votes where there are more than two nodes.
    /// </summary>
    private static void Tune(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(3);
        options.NumMissedProbesLimit = 4;
        options.NumVotesForDeathDeclaration = 2;
        options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(60);
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        // What an earlier run left counts as dead after 15 s without a sign of life: nobody who starts waits for it any longer.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.NumMissedTableIAmAliveLimit = 3;
        // A silo that has not joined by then is taken for dead by itself too: a start may be slow where much else is going on.
        options.MaxJoinAttemptTime = TimeSpan.FromMinutes(5);
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }

    /// <summary>One that nobody listens on, below those that systems lend to connections: a connection could have such a one before the silo listens.</summary>
    private static int FreePort(IPAddress address)
    {
        while (true)
        {
            using var listener = new TcpListener(address, Random.Shared.Next(FirstPort, EndOfPorts));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // The next one.
            }
            catch (SocketException exception)
            {
                throw new EngineStartException($"{address} is not an address of this machine, so the other nodes cannot reach it there: {exception.Message}. {ClusterSettings.Section}:Address names another.");
            }
        }
    }
}
