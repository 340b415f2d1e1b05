using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of all generators, by their grains. What this process holds it says again and again: a grain that begins anew hears of it.</summary>
internal sealed partial class GrainSlots : IRenderSlots, IAsyncDisposable
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How long the giving back of a slot is waited for: its grain may be on a node that has died.</summary>
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ISlotsGrain> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RenderId, SlotRequest> _holders = new();
    private readonly ConcurrentDictionary<Task, bool> _releasing = new();
    private readonly IGrainFactory _grains;
    private readonly GrainCalls _calls;
    private readonly TimeProvider _time;
    private readonly ILogger<GrainSlots> _logger;
    private readonly ITimer _beat;
    private Task _beating = Task.CompletedTask;

    public GrainSlots(IGrainFactory grains, GrainCalls calls, TimeProvider time, ILogger<GrainSlots> logger)
    {
        (_grains, _calls, _time, _logger) = (grains, calls, time, logger);
        _beat = time.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    /// <summary>Whose slots this process says that it holds.</summary>
    internal IReadOnlyCollection<RenderId> Held => [.. _holders.Keys];

    public async Task<RenderFailure?> EnterAsync(SlotRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            // A node that died with the line on it is missed within seconds; who came meanwhile waits as long.
            LineFull? full = null;
            await _calls.RetryAsync(async () => full = await SlotsOf(request.Generator).EnterAsync(request), ct);
            return full is null ? null : FailureOf(full);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            Log.NotReached(_logger, request.Generator, exception);
            return RenderFailure.Server("The queue of renders cannot be reached just now. Try again in a moment.", "busy");
        }
    }

    public async IAsyncEnumerable<QueuePlace> AcquireAsync(SlotRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var wait = FirstWait;
        int? told = null;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (await TryAskAsync(request, told, ct) is not { } turn)
            {
                await Task.Delay(wait, _time, ct);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                continue;
            }

            if (turn.IsGiven)
            {
                _holders[request.Id] = request;
                yield break;
            }

            wait = FirstWait;
            if (turn.Place is not { } place)
            {
                // Somebody gave it back for this one, which wants it all the same: it begins anew.
                told = null;
                await Task.Delay(FirstWait, _time, ct);
            }
            else if (place.Position != told)
            {
                told = place.Position;
                yield return place;
            }
        }
    }

    public async Task ReleaseAsync(string generator, RenderId id)
    {
        _holders.TryRemove(id, out _);
        var release = TryReleaseAsync(generator, id);
        if (await _time.LastsAsync(release, ReleasePatience))
        {
            _releasing[release] = true;
            _ = release.ContinueWith(ended => _releasing.TryRemove(ended, out _), TaskScheduler.Default);
        }
    }

    public void LetBe(RenderId id) => _holders.TryRemove(id, out _);

    public async ValueTask DisposeAsync()
    {
        await _beat.DisposeAsync();
        // What goes to a node that died is never answered.
        await _time.LastsAsync(Task.WhenAll([_beating, .. _releasing.Keys]), LastPatience);
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

    /// <summary>Asks for a slot; null when the grain cannot be reached: its node is gone, or the catalogue is away.</summary>
    private async Task<SlotTurn?> TryAskAsync(SlotRequest request, int? told, CancellationToken ct)
    {
        try
        {
            return await SlotsOf(request.Generator).AskAsync(request, told).WaitAsync(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            Log.NotReached(_logger, request.Generator, exception);
            return null;
        }
    }

    /// <summary>Gives a slot back. Who cannot be told hears nothing more of it, and knows by that.</summary>
    private async Task TryReleaseAsync(string generator, RenderId id)
    {
        try
        {
            await SlotsOf(generator).ReleaseAsync(id);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.NotReleased(_logger, id, exception);
        }
    }

    private void Beat()
    {
        if (_beating.IsCompleted && !_holders.IsEmpty)
        {
            _beating = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        foreach (var holders in _holders.Values.GroupBy(holder => holder.Generator, StringComparer.Ordinal).ToList())
        {
            try
            {
                await SlotsOf(holders.Key).BeatAsync([.. holders]);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Log.NotReached(_logger, holders.Key, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The slots of {Generator} cannot be reached; it is tried again.")]
        public static partial void NotReached(ILogger logger, string generator, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Render {RenderId}: its slot could not be given back; it comes free by itself.")]
        public static partial void NotReleased(ILogger logger, RenderId renderId, Exception exception);
    }
}
