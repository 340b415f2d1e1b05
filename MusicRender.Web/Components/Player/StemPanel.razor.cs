using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Player;

/// <summary>The stems of a track: asks for them, shows how far they are, then their mixer. They are made without the page, which takes them up again.</summary>
public sealed partial class StemPanel : IAsyncDisposable
{
    /// <summary>The reason of a failure that does not go away: the track is older than the generator.</summary>
    private const string GeneratorChanged = "generator_changed";

    private readonly Dictionary<StemSet, StemStatus> _statuses = [];
    private readonly Dictionary<StemSet, StemWatch> _watches = [];
    private readonly CancellationTokenSource _stop = new();
    private StemSet _set = StemSet.Six;
    private StemOffer? _offer;
    private bool _isStarting;
    private string? _failure;
    private string _announced = "";

    [Parameter, EditorRequired]
    public required Track Track { get; set; }

    [Inject]
    public required IStemJobs Stems { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<StemWatch> Logger { get; set; }

    private static (StemSet Set, string Name, string Hint)[] Choices =>
    [
        (StemSet.Two, PlayerTexts.StemsTwo, PlayerTexts.StemsTwoHint),
        (StemSet.Six, PlayerTexts.StemsSix, PlayerTexts.StemsSixHint),
    ];

    private StemStatus? Shown => _statuses.GetValueOrDefault(_set);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var watch in _watches.Values)
        {
            await watch.DisposeAsync();
        }

        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _offer = Stems.OfferOf(Track.Generator);
        foreach (var status in await Stems.FindAsync(Track.Id, _stop.Token))
        {
            Take(status);
        }

        // What there is comes first: the larger set, when there are both.
        _set = _statuses.Values.OrderByDescending(status => status.State == RenderState.Succeeded).ThenByDescending(status => status.Set).FirstOrDefault()?.Set ?? StemSet.Six;
    }

    private async Task MakeAsync()
    {
        _isStarting = true;
        _failure = null;
        try
        {
            var set = _set;
            var start = await Stems.StartAsync(Track.Id, set, _stop.Token);
            _failure = start switch
            {
                null => PlayerTexts.StemsTrackGone,
                { Failure: { } failure } => failure.Message,
                _ => null,
            };
            if (start?.Status is { } status)
            {
                _announced = PlayerTexts.StemsBeingMade;
                await ForgetWatchAsync(set);
                Take(status);
            }
        }
        finally
        {
            _isStarting = false;
        }
    }

    private void Take(StemStatus status)
    {
        _statuses[status.Set] = status;
        if (!status.HasEnded && !_watches.ContainsKey(status.Set))
        {
            _watches[status.Set] = new StemWatch(Track.Id, status.Set, Stems, Time, Logger, next => _ = InvokeAsync(() => Show(next)));
        }
    }

    private void Show(StemStatus status)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _statuses[status.Set] = status;
        _announced = status switch
        {
            { State: RenderState.Succeeded } => PlayerTexts.StemsReady,
            { HasEnded: true } => "",
            _ => _announced,
        };
        StateHasChanged();
    }

    private async Task ForgetWatchAsync(StemSet set)
    {
        if (_watches.Remove(set, out var watch))
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>True when an earlier try paid for the stems, which are only not made yet.</summary>
    private bool IsPaid => Shown?.Failure?.Details is { ValueKind: System.Text.Json.JsonValueKind.Object } details && details.TryGetProperty("paid_for", out _);

    private string PriceOf(StemOffer offer) => IsPaid
        ? PlayerTexts.StemsPaid
        : offer.IsFree
        ? PlayerTexts.StemsFree
        : PlayerTexts.StemsBilled;
}
