using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Library;

/// <summary>The renders that wait or run: how far each is, with the way to it and the way out of it.</summary>
public sealed partial class RendersUnderWay : IDisposable
{
    /// <summary>How many are listed; the rest is counted.</summary>
    private const int Most = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<RenderId> _cancelled = [];
    private IReadOnlyList<RenderStatus> _renders = [];
    private IDisposable? _listening;

    /// <summary>A render that the page shows already, or null.</summary>
    [Parameter]
    public RenderId? Except { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required UnderWayFeed Feed { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    private List<RenderStatus> Shown => [.. _renders.Where(render => render.Id != Except)];

    public void Dispose()
    {
        _listening?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override void OnInitialized() => _listening = Feed.Listen(renders => _ = InvokeAsync(() => Take(renders)));

    private static string TitleOf(RenderStatus render) => render.Title is { Length: > 0 } title ? title : RenderTexts.Untitled;

    private static string Standing(RenderStatus render) => render switch
    {
        { State: RenderState.Queued, Progress.QueuePosition: { } place } => RenderTexts.UnderWayWaits.With(place),
        { State: RenderState.Queued } => RenderTexts.UnderWayWaitsNoPlace,
        _ => RenderTexts.UnderWayPercent.With(render.Progress?.Percent ?? 0),
    };

    private void Take(IReadOnlyList<RenderStatus> renders)
    {
        if (!_stop.IsCancellationRequested)
        {
            _renders = renders;
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
}
