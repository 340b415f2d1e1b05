using MusicRender.Engine.Library;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>A lease that lapses when the test says so: to the engine, the process was paused for longer than it lasts.</summary>
internal sealed class FakeLease(string nodeId = "me") : INodeLease
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _held = Completed();
    private HashSet<string>? _alive = [nodeId, "other"];
    private long _lapses;

    public string NodeId => nodeId;

    public bool IsHeld => _held.Task.IsCompleted;

    public long Lapses => Volatile.Read(ref _lapses);

    /// <summary>Whether no other process is on the library when one starts.</summary>
    public bool IsAlone { get; init; } = true;

    /// <summary>Completes when somebody waits for the lease.</summary>
    public TaskCompletionSource Awaited { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> IsAloneAsync(CancellationToken ct) => Task.FromResult(IsAlone);

    public async ValueTask HeldAsync(CancellationToken ct)
    {
        Task held;
        lock (_lock)
        {
            held = _held.Task;
        }

        if (!held.IsCompleted)
        {
            Awaited.TrySetResult();
            await held.WaitAsync(ct);
        }
    }

    public Task<IReadOnlySet<string>?> AliveAsync(CancellationToken ct) => Task.FromResult<IReadOnlySet<string>?>(_alive);

    /// <summary>The nodes that hold a lease; null while that cannot be told.</summary>
    public void Alive(params IReadOnlyList<string>? nodes) => _alive = nodes is null ? null : [.. nodes];

    public void Lapse()
    {
        lock (_lock)
        {
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Regain()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _lapses);
            _held.SetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
