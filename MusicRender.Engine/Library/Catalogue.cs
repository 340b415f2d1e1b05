using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>
/// The tables: renders, their events while they run, their idempotency keys, the nodes that run them, tracks, stems, drafts and
/// their steps, secrets, settings. Documents are JSON; what is searched or sorted by has a column.
/// </summary>
public class Catalogue : DbContext
{
    /// <summary>On SQLite.</summary>
    public Catalogue(DbContextOptions<Catalogue> options)
        : base(options)
    {
    }

    /// <summary>On another database.</summary>
    protected Catalogue(DbContextOptions options)
        : base(options)
    {
    }

    internal DbSet<RenderRow> Renders => Set<RenderRow>();

    internal DbSet<RenderEventRow> RenderEvents => Set<RenderEventRow>();

    internal DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    internal DbSet<NodeRow> Nodes => Set<NodeRow>();

    internal DbSet<TrackRow> Tracks => Set<TrackRow>();

    internal DbSet<StemsRow> Stems => Set<StemsRow>();

    internal DbSet<DraftRow> Drafts => Set<DraftRow>();

    internal DbSet<DraftStepRow> DraftSteps => Set<DraftStepRow>();

    internal DbSet<SecretRow> Secrets => Set<SecretRow>();

    internal DbSet<SettingRow> Settings => Set<SettingRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RenderRow>(render =>
        {
            render.ToTable("renders");
            render.HasKey(row => row.Id);
            render.HasIndex(row => row.State);
            render.HasIndex(row => row.FinishedAt);
        });
        modelBuilder.Entity<RenderEventRow>(entry =>
        {
            entry.ToTable("render_events");
            entry.HasKey(row => new { row.RenderId, row.Sequence });
        });
        modelBuilder.Entity<IdempotencyRow>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(row => row.Key);
            key.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.Entity<NodeRow>(node =>
        {
            node.ToTable("nodes");
            node.HasKey(row => row.Id);
        });
        modelBuilder.Entity<TrackRow>(track =>
        {
            track.ToTable("tracks");
            track.HasKey(row => row.Id);
            track.HasIndex(row => row.FileName).IsUnique();
            track.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.Entity<StemsRow>(stems =>
        {
            stems.ToTable("stems");
            stems.HasKey(row => new { row.TrackId, row.Set });
            stems.HasIndex(row => row.State);
        });
        modelBuilder.Entity<DraftRow>(draft =>
        {
            draft.ToTable("drafts");
            draft.HasKey(row => row.Id);
            draft.HasIndex(row => row.UpdatedAt);
        });
        modelBuilder.Entity<DraftStepRow>(step =>
        {
            step.ToTable("draft_steps");
            step.HasKey(row => new { row.DraftId, row.Number });
        });
        modelBuilder.Entity<SecretRow>(secret =>
        {
            secret.ToTable("secrets");
            secret.HasKey(row => row.Name);
        });
        modelBuilder.Entity<SettingRow>(setting =>
        {
            setting.ToTable("settings");
            setting.HasKey(row => row.Name);
        });
    }
}

/// <summary>A render, from the moment it was accepted. Times are Unix milliseconds.</summary>
internal sealed class RenderRow
{
    public required string Id { get; set; }

    /// <summary>A name of <c>RenderState</c>.</summary>
    public required string State { get; set; }

    public required string Generator { get; set; }

    public required string Request { get; set; }

    /// <summary>The whole log, as JSON, once the render has ended; until then it is in <c>render_events</c>.</summary>
    public string? Events { get; set; }

    /// <summary>Raised whenever a node takes the render up: what an earlier holder writes does not count any more.</summary>
    public long Epoch { get; set; }

    /// <summary>The node that runs it; null while nobody does.</summary>
    public string? Node { get; set; }

    /// <summary>Who asked for it, for fairness between clients; null for nobody in particular.</summary>
    public string? Client { get; set; }

    /// <summary>The length asked for, ms; null when the request does not say.</summary>
    public int? LengthMs { get; set; }

    public string? Title { get; set; }

    public string? DraftId { get; set; }

    public long CreatedAt { get; set; }

    public long? StartedAt { get; set; }

    public long? FinishedAt { get; set; }
}

/// <summary>An event of a render that has not ended.</summary>
internal sealed class RenderEventRow
{
    public required string RenderId { get; set; }

    public long Sequence { get; set; }

    /// <summary>The event as JSON.</summary>
    public required string Document { get; set; }
}

/// <summary>What a client said that makes its request the same request when it comes again.</summary>
internal sealed class IdempotencyRow
{
    public required string Key { get; set; }

    /// <summary>SHA-256 of the request, hexadecimal.</summary>
    public required string RequestHash { get; set; }

    public required string RenderId { get; set; }

    public long CreatedAt { get; set; }
}

/// <summary>A process that runs renders, on a catalogue that several share.</summary>
internal sealed class NodeRow
{
    /// <summary>Another one at each start.</summary>
    public required string Id { get; set; }

    /// <summary>The machine's name, for people.</summary>
    public required string Host { get; set; }

    public long StartedAt { get; set; }

    /// <summary>Until when nobody else may take its renders, by the database's clock.</summary>
    public long LeaseUntil { get; set; }
}

/// <summary>A finished track.</summary>
internal sealed class TrackRow
{
    public required string Id { get; set; }

    public required string FileName { get; set; }

    public required string Title { get; set; }

    /// <summary>Title, description, genres, moods and tags in lower case.</summary>
    public required string SearchText { get; set; }

    /// <summary>The <see cref="Track"/> as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>The waveform, a byte a peak: 0–255.</summary>
    public required byte[] Peaks { get; set; }

    public long CreatedAt { get; set; }
}

/// <summary>A set of a track's stems, from the moment it was asked for.</summary>
internal sealed class StemsRow
{
    public required string TrackId { get; set; }

    /// <summary>"two" or "six".</summary>
    public required string Set { get; set; }

    /// <summary>A name of <c>RenderState</c>: running, succeeded, failed.</summary>
    public required string State { get; set; }

    /// <summary>The stems, or why there are none, as JSON.</summary>
    public required string Document { get; set; }

    public long CreatedAt { get; set; }

    public long? FinishedAt { get; set; }
}

/// <summary>A draft of the wizard.</summary>
internal sealed class DraftRow
{
    public required string Id { get; set; }

    public long Version { get; set; }

    /// <summary>The <see cref="Draft"/> as JSON.</summary>
    public required string Document { get; set; }

    public long UpdatedAt { get; set; }
}

/// <summary>What a draft was, or would be again, at another edit.</summary>
internal sealed class DraftStepRow
{
    public required string DraftId { get; set; }

    public long Number { get; set; }

    /// <summary>The step's contents as JSON, in the format of drafts.</summary>
    public required string Document { get; set; }
}

/// <summary>A secret, encrypted.</summary>
internal sealed class SecretRow
{
    public required string Name { get; set; }

    public required byte[] Ciphertext { get; set; }

    public long UpdatedAt { get; set; }
}

/// <summary>Something that is set in the studio.</summary>
internal sealed class SettingRow
{
    public required string Name { get; set; }

    /// <summary>What is set, as JSON.</summary>
    public required string Document { get; set; }
}
