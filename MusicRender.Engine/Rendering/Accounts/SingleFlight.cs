namespace MusicRender.Engine.Rendering.Accounts;

/// <summary>One call at a time, whoever asks: those who come while it runs get its answer. It ends with whoever owns it.</summary>
internal sealed class SingleFlight<T> : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<T>> _call;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _ended;
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>Asks by this call; its token ends on disposal.</summary>
    public SingleFlight(Func<CancellationToken, Task<T>> call)
    {
        _call = call;
        _ended = _stop.Token;
    }

    /// <summary>The answer of the call that runs, or of a new one. It goes on in the background when nobody waits.</summary>
    public Task<T> Ask()
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } running ? running : _running = Start();
        }
    }

    /// <summary>The answer of a call that begins now or later: one that runs already may have been answered too early.</summary>
    public Task<T> AskAnew()
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } running ? _next ??= AfterAsync(running) : _running = Start();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended.IsCancellationRequested)
        {
            // A container disposes what it gave out under two names twice.
            return;
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_running ?? Task.CompletedTask, _next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<T> AfterAsync(Task running)
    {
        // Yields always: whoever called is noted as the next one before this goes on.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<T> next;
        lock (_lock)
        {
            next = _running = Start();
            _next = null;
        }

        return await next;
    }

    private Task<T> Start() => Task.Run(() => _call(_ended), _ended);
}
