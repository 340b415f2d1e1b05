namespace MusicRender.Engine.Library;

/// <summary>
/// The right of this process to run renders. Where nobody else shares the catalogue it is held from start to end; else it is
/// renewed all the time, and lost when that fails for too long: others may have taken its renders by then.
/// </summary>
internal interface INodeLease
{
    /// <summary>This process, another one at each start.</summary>
    string NodeId { get; }

    /// <summary>True while nobody else may take the renders of this process.</summary>
    bool IsHeld { get; }

    /// <summary>How often the lease was lost and taken anew. Whoever sees it raised must ask the catalogue whether a render is still its own.</summary>
    long Lapses { get; }

    /// <summary>Takes the lease; once the catalogue is there. It is renewed until <see cref="StopAsync"/>.</summary>
    Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Gives the lease back, when nothing of this process works any more: others may take its renders at once.</summary>
    Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>True when no other process holds a lease at this moment.</summary>
    Task<bool> IsAloneAsync(CancellationToken ct) => Task.FromResult(true);

    /// <summary>Returns at once while the lease is held; waits for it when it was lost.</summary>
    ValueTask HeldAsync(CancellationToken ct);

    /// <summary>The nodes that hold a lease; null while that cannot be told: the catalogue has not answered for long enough that the living could have renewed theirs.</summary>
    Task<IReadOnlySet<string>?> AliveAsync(CancellationToken ct);
}

/// <summary>The lease of the only process on a catalogue: the lock on the library's folder is its proof.</summary>
internal sealed class SoleLease : INodeLease
{
    public string NodeId { get; } = Guid.NewGuid().ToString("N");

    public bool IsHeld => true;

    public long Lapses => 0;

    public ValueTask HeldAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public Task<IReadOnlySet<string>?> AliveAsync(CancellationToken ct) => Task.FromResult<IReadOnlySet<string>?>(new HashSet<string> { NodeId });
}
