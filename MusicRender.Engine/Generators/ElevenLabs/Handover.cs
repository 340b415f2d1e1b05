using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// Hands things from a task that makes them to an enumeration, one by one: the maker goes on only when the taker asks for the
/// next, so that its memory can be used again. Faults of the maker come out of the enumeration after everything it gave.
/// While neither waits for anything else both run on one thread: a turn costs no change of threads.
/// </summary>
internal sealed class Handover<T>
{
    private readonly Channel<T> _items = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    /// <summary>Starts the maker and gives what it gives. A taker that stops, stops the maker and waits for it.</summary>
    public async IAsyncEnumerable<T> RunAsync(Func<Func<T, CancellationToken, ValueTask>, CancellationToken, Task> make, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var maker = Task.Run(() => MakeAsync(make, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var item in _items.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return item;
                _taken.Writer.TryWrite(true);
            }
        }
        finally
        {
            _taken.Writer.Complete();
            await stop.CancelAsync();
            await maker;
        }
    }

    private async Task MakeAsync(Func<Func<T, CancellationToken, ValueTask>, CancellationToken, Task> make, CancellationToken ct)
    {
        Exception? fault = null;
        try
        {
            await make(GiveAsync, ct);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        _items.Writer.Complete(fault);
    }

    /// <summary>Returns when the item is done with, or nobody will take it: its memory may go to somebody else.</summary>
    private async ValueTask GiveAsync(T item, CancellationToken ct)
    {
        await _items.Writer.WriteAsync(item, ct);
        if (!await _taken.Reader.WaitToReadAsync(CancellationToken.None))
        {
            throw new OperationCanceledException("Nobody takes what is made.", ct);
        }

        _taken.Reader.TryRead(out _);
        ct.ThrowIfCancellationRequested();
    }
}
