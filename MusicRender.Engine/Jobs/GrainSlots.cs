using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of all generators, by their grains. What this process holds or waits for, it says again and again: a grain that begins anew hears of it.</summary>
internal sealed partial class GrainSlots : IRenderSlots, IAsyncDisposable
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ISlotsGrain> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RenderId, SlotUse> _uses = new();
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<GrainSlots> _logger;
    private readonly ITimer _beat;
    private Task _beating = Task.CompletedTask;

    public GrainSlots(IGrainFactory grains, TimeProvider time, ILogger<GrainSlots> logger)
    {
        (_grains, _time, _logger) = (grains, time, logger);
        _beat = time.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    public async Task<RenderFailure?> EnterAsync(SlotRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return await SlotsOf(request.Generator).EnterAsync(request) is { } full ? FailureOf(full) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.NotReached(_logger, request.Generator, exception);
            return RenderFailure.Server("The queue of renders cannot be reached just now. Try again in a moment.", "busy");
        }
    }

    public async IAsyncEnumerable<QueuePlace> AcquireAsync(SlotRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var slots = SlotsOf(request.Generator);
        var told = 0;
        _uses[request.Id] = new SlotUse(request, IsHeld: false);
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            ct.ThrowIfCancellationRequested();
            var hasSlot = await TryAsync(() => slots.TakeAsync(request), request.Generator);
            if (hasSlot is true)
            {
                _uses[request.Id] = new SlotUse(request, IsHeld: true);
                yield break;
            }

            if (hasSlot is false)
            {
                var places = slots.PlacesAsync(request.Id, ct).GetAsyncEnumerator(ct);
                await using (places.ConfigureAwait(false))
                {
                    while (await TryAsync(async () => await places.MoveNextAsync(), request.Generator) is true)
                    {
                        wait = FirstWait;
                        if (places.Current.Position != told)
                        {
                            told = places.Current.Position;
                            yield return places.Current;
                        }
                    }
                }

                // Asks once more: given a slot, that says so; after a broken enumeration it finds the place in line again.
            }
            else
            {
                await Task.Delay(wait, _time, ct);
            }
        }
    }

    public Task ReleaseAsync(string generator, RenderId id)
    {
        _uses.TryRemove(id, out _);
        return SlotsOf(generator).ReleaseAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await _beat.DisposeAsync();
        await _beating;
    }

    private static RenderFailure FailureOf(LineFull full)
    {
        var wait = full.RetryAfterSeconds <= 90 ? $"{full.RetryAfterSeconds} s" : $"about {(full.RetryAfterSeconds + 59) / 60} minutes";
        return RenderFailure.Server(
            full.IsOfClient
                ? $"{full.Waiting} renders of yours are waiting already, as many as may. Try again in {wait}, or cancel one of them."
                : $"{full.Waiting} renders are waiting already, as many as may. Try again in {wait}.",
            QueueFull.Reason).With(QueueFull.RetryField, JsonSerializer.SerializeToElement(full.RetryAfterSeconds));
    }

    /// <summary>Finding out which grain that is costs more than a call of it.</summary>
    private ISlotsGrain SlotsOf(string generator) => _slots.GetOrAdd(generator, static (name, grains) => grains.GetGrain<ISlotsGrain>(name), _grains);

    /// <summary>What a call answers; null when the grain could not be reached: its node is gone, or the catalogue is away.</summary>
    private async Task<bool?> TryAsync(Func<Task<bool>> call, string generator)
    {
        try
        {
            return await call();
        }
        catch (EnumerationAbortedException)
        {
            return null;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            Log.NotReached(_logger, generator, exception);
            return null;
        }
    }

    private void Beat()
    {
        if (_beating.IsCompleted && !_uses.IsEmpty)
        {
            _beating = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        foreach (var uses in _uses.Values.GroupBy(use => use.Request.Generator, StringComparer.Ordinal).ToList())
        {
            try
            {
                await SlotsOf(uses.Key).BeatAsync([.. uses]);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Log.NotReached(_logger, uses.Key, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The slots of {Generator} cannot be reached; it is tried again.")]
        public static partial void NotReached(ILogger logger, string generator, Exception exception);
    }
}
