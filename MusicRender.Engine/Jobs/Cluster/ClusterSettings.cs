using System.Net;
using MusicRender.Engine.Library.Postgres;

namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>How the nodes of a cluster find each other: configuration section <c>MusicRender:Cluster</c>. Read only with PostgreSQL.</summary>
public sealed class ClusterSettings
{
    /// <summary>The section.</summary>
    public const string Section = "MusicRender:Cluster";

    /// <summary>Nodes with the same id on the same database are one cluster.</summary>
    public string Id { get; set; } = "musicrender";

    /// <summary>Orleans' service id; the same for clusters that follow each other.</summary>
    public string ServiceId { get; set; } = "musicrender";

    /// <summary>The address of this machine at which the other nodes reach it; null for the one from which it reaches the database, which is loopback when the database is on this machine.</summary>
    public string? Address { get; set; }

    /// <summary>The port for the other nodes; 0 for any that is free. Whoever can reach it is trusted: it belongs into a network of the nodes' own.</summary>
    public int Port { get; set; }

    /// <summary>The address to use.</summary>
    /// <exception cref="EngineStartException">There is none like that.</exception>
    internal IPAddress AddressFor(PostgresConnection postgres) =>
        string.IsNullOrWhiteSpace(Address) ? postgres.FindOwnAddress()
        : IPAddress.TryParse(Address.Trim(), out var address) ? address
        : throw new EngineStartException($"{Section}:Address must be an IP address of this machine at which the other nodes reach it, but is '{Address}'.");
}
