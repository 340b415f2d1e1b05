using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// Hands out a generator's slots, fair between clients. Who holds and who waits is in the catalogue: an activation that
/// follows another on the same or another node finds it there, and hears the rest from the nodes.
/// </summary>
internal sealed partial class SlotsGrain(QueueRecords records, RenderHistory history, IOptions<QueueOptions> options, TimeProvider time, ILogger<SlotsGrain> logger) : Grain, ISlotsGrain
{
    /// <summary>How long after its activation a free slot waits for the one whose turn it is, should that one not have asked again yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long one that asks waits for something new at most: an activation that is to go waits for its answers.</summary>
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromSeconds(4);

    /// <summary>How often it is looked who is still there.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);

    private readonly SlotLine _line = new();

    /// <summary>What was given back lately: a node's word that was on its way then does not bring it back.</summary>
    private readonly Dictionary<RenderId, DateTimeOffset> _released = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LineForecast? _forecast;
    private DateTimeOffset _activatedAt;
    private long _activated;

    /// <summary>The time, unless the clock is set: nobody is gone, or there for hours, because of that.</summary>
    private DateTimeOffset Now => _activatedAt + time.GetElapsedTime(_activated);

    private string Generator => this.GetPrimaryKeyString();

    /// <summary>When slots are free and who gets them; looked up anew when the line has changed.</summary>
    private LineForecast Forecast => _forecast ??= new LineForecast(_line, history.Of(Generator), Now);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var unfinished = await records.UnfinishedAsync(Generator, cancellationToken);
        await history.LookUpAsync(Generator, cancellationToken);
        (_activatedAt, _activated) = (time.GetUtcNow(), time.GetTimestamp());

        foreach (var render in unfinished)
        {
            _line.Add(new SlotEntry(render.Id, render.Client ?? "", render.LengthMs) { HeldSince = render.StartedAt });
        }

        // Until somebody asks nobody knows how many slots there are.
        this.RegisterGrainTimer(CheckAsync, new GrainTimerCreationOptions(CheckEvery, CheckEvery) { Interleave = true });
        KeepOrLetGo();
    }

    public async Task<LineFull?> EnterAsync(SlotRequest request)
    {
        _line.Capacity = request.Capacity;
        var client = request.Client ?? "";
        var isAtOnce = _line.Held < _line.Capacity && _line.Waiting == 0;
        if (_line.Find(request.Id) is null && !isAtOnce && (_line.Waiting >= options.Value.MaxWaiting || _line.WaitingOf(client) >= options.Value.MaxWaitingPerClient))
        {
            await history.LookUpAsync(Generator, CancellationToken.None);
            var isOfClient = _line.WaitingOf(client) >= options.Value.MaxWaitingPerClient;
            var forecast = new LineForecast(_line, history.Of(Generator), Now);
            return new LineFull(isOfClient ? _line.WaitingOf(client) : _line.Waiting, isOfClient, forecast.RoomIn(isOfClient ? client : null));
        }

        Join(request);
        return null;
    }

    public async Task<SlotTurn> AskAsync(SlotRequest request, int? told)
    {
        if (told is null)
        {
            _released.Remove(request.Id);
        }
        else if (_released.ContainsKey(request.Id))
        {
            return default;
        }

        _line.Capacity = request.Capacity;
        Join(request);
        Task? patience = null;
        while (_line.Find(request.Id) is { HeldSince: null })
        {
            patience ??= Task.Delay(AnswerAfter, time);
            var place = Forecast.PlaceOf(request.Id);
            if (place?.Position != told || patience.IsCompleted)
            {
                return new SlotTurn(false, place);
            }

            await Task.WhenAny(_changed.Task, patience);
        }

        return new SlotTurn(_line.Find(request.Id) is not null, null);
    }

    public Task ReleaseAsync(RenderId id)
    {
        _released[id] = Now;
        if (_line.Remove(id))
        {
            GiveFreeSlots();
        }

        KeepOrLetGo();
        return Task.CompletedTask;
    }

    public Task BeatAsync(IReadOnlyList<SlotRequest> holders)
    {
        var now = Now;
        foreach (var request in holders.Where(holder => !_released.ContainsKey(holder.Id)))
        {
            _line.Capacity = request.Capacity;
            _line.Add(EntryOf(request) with { HeldSince = now });
            _line.Saw(request.Id, now);

            // It was given its slot by an activation that did not live to see it in the catalogue.
            _line.Hold(request.Id, now);
        }

        GiveFreeSlots();
        KeepOrLetGo();
        return Task.CompletedTask;
    }

    /// <summary>Forgets those that are gone: their renders have ended, or were never accepted, and no node speaks of them.</summary>
    private async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            var asked = Now;
            var unfinished = (await records.UnfinishedAsync(Generator, ct)).Select(render => render.Id).ToHashSet();
            await history.LookUpAsync(Generator, ct);
            _line.Forget(unfinished, asked);
            foreach (var id in _released.Where(one => asked - one.Value > SlotLine.GoneAfter).Select(one => one.Key).ToList())
            {
                _released.Remove(id);
            }
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            Log.NotChecked(logger, Generator, exception);
        }

        GiveFreeSlots();
        KeepOrLetGo();
    }

    private SlotEntry EntryOf(SlotRequest request) => new(request.Id, request.Client ?? "", request.LengthMs) { SeenAt = Now };

    private void Join(SlotRequest request)
    {
        var now = Now;
        var isNews = !(now - _line.Find(request.Id)?.SeenAt < SlotLine.GoneAfter);
        _line.Add(EntryOf(request));
        _line.Saw(request.Id, now);
        if (isNews)
        {
            GiveFreeSlots();
            KeepOrLetGo();
        }
    }

    private void GiveFreeSlots()
    {
        var now = Now;
        _line.Give(now, awaitsOthers: now - _activatedAt < Patience);
        _forecast = null;
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    /// <summary>Stays while there is anybody to be told of a free slot.</summary>
    private void KeepOrLetGo() => DelayDeactivation(_line.Entries.Count > 0 ? TimeSpan.MaxValue : TimeSpan.Zero);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Who holds slots of {Generator} could not be looked up; it is tried again.")]
        public static partial void NotChecked(ILogger logger, string generator, Exception exception);
    }
}
