namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Tells calls that wait for one of the account's slots that another call of this program ended.</summary>
internal sealed class FreedSlots
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends when the next call ends.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>A call ended.</summary>
    public void Freed() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
