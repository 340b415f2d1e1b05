namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>The upstream sent nothing for as long as was waited.</summary>
internal sealed class SilenceException : Exception
{
    public SilenceException()
        : base("The upstream sent nothing.")
    {
    }
}

/// <summary>Waits for the upstream, but not for ever.</summary>
internal sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Waits for a step.</summary>
    /// <param name="step">What is waited for; it heeds its token.</param>
    /// <param name="limit">How long.</param>
    /// <param name="everySecond">Called after each second of waiting, or null.</param>
    /// <param name="ct">Ends the waiting with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SilenceException">The time is over; the step was cancelled.</exception>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> step, TimeSpan limit, Func<ValueTask>? everySecond, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var begun = time.GetTimestamp();
        var task = step(stop.Token);
        try
        {
            while (!task.IsCompleted)
            {
                var left = limit - time.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                {
                    break;
                }

                await PauseAsync(task, everySecond is null || left < Second ? left : Second, stop.Token);
                if (!task.IsCompleted && everySecond is not null)
                {
                    await everySecond();
                }
            }
        }
        catch
        {
            await stop.CancelAsync();
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsCompletedSuccessfully)
            {
                (task.Result as IDisposable)?.Dispose();
            }

            throw;
        }

        var isOver = !task.IsCompleted;
        if (isOver)
        {
            await stop.CancelAsync();
        }

        try
        {
            return await task;
        }
        catch (Exception) when (isOver && !ct.IsCancellationRequested)
        {
            throw new SilenceException();
        }
    }

    /// <summary>Waits for a time, or until something else happens.</summary>
    public async Task PauseAsync(Task? other, TimeSpan pause, CancellationToken ct)
    {
        await (other?.WaitAsync(pause, time, ct) ?? Task.Delay(pause, time, ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (other is not { IsCompleted: true })
        {
            ct.ThrowIfCancellationRequested();
        }
    }
}
