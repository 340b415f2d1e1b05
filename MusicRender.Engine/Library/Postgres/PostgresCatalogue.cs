using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>The catalogue on PostgreSQL, with what only a catalogue that several processes share has: who is in the cluster, and the key ring.</summary>
public sealed class PostgresCatalogue(DbContextOptions<PostgresCatalogue> options) : Catalogue(options)
{
    internal DbSet<ClusterRow> Clusters => Set<ClusterRow>();

    internal DbSet<MemberRow> Members => Set<MemberRow>();

    internal DbSet<RingKeyRow> RingKeys => Set<RingKeyRow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // As SQLite compares: by code points, whatever language the server was set up in.
        configurationBuilder.Properties<string>().UseCollation("C");

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<RenderRow>().Property(row => row.Epoch).HasDefaultValue(0L);
        modelBuilder.Entity<ClusterRow>(cluster =>
        {
            cluster.ToTable("clusters");
            cluster.HasKey(row => row.Id);
        });
        modelBuilder.Entity<MemberRow>(member =>
        {
            member.ToTable("cluster_members");
            member.HasKey(row => new { row.ClusterId, row.Silo });
        });
        modelBuilder.Entity<RingKeyRow>(key =>
        {
            key.ToTable("ring_keys");
            key.HasKey(row => row.Name);
        });
    }

    /// <summary>For the migrations tool only.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresCatalogue>
    {
        public PostgresCatalogue CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresCatalogue>().UseNpgsql("Host=design-time").Options);
    }
}

/// <summary>A cluster's membership as a whole: who changes it says which version was seen, and one wins.</summary>
internal sealed class ClusterRow
{
    public required string Id { get; set; }

    public int Version { get; set; }
}

/// <summary>A silo of a cluster, dead or alive.</summary>
internal sealed class MemberRow
{
    public required string ClusterId { get; set; }

    /// <summary>Address, port and generation, as Orleans writes them.</summary>
    public required string Silo { get; set; }

    /// <summary>A number of <c>SiloStatus</c>.</summary>
    public int Status { get; set; }

    public required string SiloName { get; set; }

    public required string HostName { get; set; }

    public int ProxyPort { get; set; }

    /// <summary>Who suspects it since when: "silo,milliseconds" joined by "|".</summary>
    public required string Suspicions { get; set; }

    /// <summary>Unix milliseconds, by the silo's clock.</summary>
    public long StartedAt { get; set; }

    /// <summary>Unix milliseconds, by the silo's clock.</summary>
    public long AliveAt { get; set; }
}

/// <summary>A key of Data Protection.</summary>
internal sealed class RingKeyRow
{
    public required string Name { get; set; }

    /// <summary>The key as XML.</summary>
    public required string Document { get; set; }
}
