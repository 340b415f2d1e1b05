using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Library;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Pages;

/// <summary>What waits, what runs and what ended lately, with the way to each, out of it, and back to it.</summary>
public sealed partial class QueuePage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<RenderId> _cancelled = [];
    private QueueView? _view;
    private bool _isStarting;
    private string? _failure;
    private string? _said;

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required UnderWayFeed Feed { get; set; }

    [Inject]
    public required TrackStudio Studio { get; set; }

    [Inject]
    public required StudioClient Client { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required ILogger<QueueView> Logger { get; set; }

    /// <summary>Changes only when something begins or ends: it is read aloud.</summary>
    private string? CountText => _view switch
    {
        null or { UnderWay: null } => null,
        { UnderWay.Count: 0 } => QueueTexts.Nothing,
        { Waiting: 0 } view => QueueTexts.Rendering.With(Wording.Count(view.Running)),
        { Running: 0 } view => QueueTexts.Waiting.With(Wording.Count(view.Waiting)),
        var view => $"{QueueTexts.Rendering.With(Wording.Count(view.Running))}, {QueueTexts.Waiting.With(Wording.Count(view.Waiting))}",
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_view is not null)
        {
            await _view.DisposeAsync();
        }

        _stop.Dispose();
    }

    protected override void OnInitialized() => _view = new QueueView(Jobs, Feed, Logger, ReaderCulture.Keep(() => _ = InvokeAsync(Show)));

    private static string StateOf(RenderStatus render) => render.State.ToString().ToLowerInvariant();

    private void Show()
    {
        if (!_stop.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    private async Task CancelAsync(RenderStatus render)
    {
        var generator = Jobs.Generators.FirstOrDefault(generator => generator.Name == render.Generator);
        if (await CancelQuestion.AskAsync(Dialogs, generator, render.Progress?.Stage) && _cancelled.Add(render.Id))
        {
            await Jobs.CancelAsync(render.Id, CancellationToken.None);
        }
    }

    /// <summary>The same once more. What costs money says so first.</summary>
    private async Task RetryAsync(RenderStatus render)
    {
        if (!await IsSureAsync(render))
        {
            return;
        }

        _isStarting = true;
        try
        {
            _failure = (await Studio.RetryAsync(render))?.Message;
            _said = _failure is null ? QueueTexts.AgainStarted.With(QueueRow.TitleOf(render)) : null;
        }
        finally
        {
            _isStarting = false;
        }
    }

    private async Task<bool> IsSureAsync(RenderStatus render)
    {
        var generator = Jobs.Generators.FirstOrDefault(generator => generator.Name == render.Generator);
        if (generator is null or { IsLocal: true })
        {
            return true;
        }

        var title = QueueRow.TitleOf(render);
        return await Dialogs.ShowMessageBoxAsync(
            QueueTexts.AgainQuestion,
            CostEstimate.Of(generator, render.LengthMs, null) is { } cost ? QueueTexts.AgainCost.With(generator.ShownName(), title, cost.Price) : QueueTexts.AgainBilled.With(generator.ShownName(), title),
            yesText: QueueTexts.AgainYes,
            cancelText: QueueTexts.AgainNo) == true;
    }
}
