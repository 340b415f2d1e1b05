using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Library;

/// <summary>The renders that wait or run, looked up once a second.</summary>
public sealed partial class RendersUnderWay : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<RenderStatus> _renders = [];
    private Task _loop = Task.CompletedTask;
    private readonly HashSet<RenderId> _cancelled = [];
    private bool _hasFailed;

    /// <summary>A render that the page shows already, or null.</summary>
    [Parameter]
    public RenderId? Except { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<RendersUnderWay> Logger { get; set; }

    private List<RenderStatus> Shown => [.. _renders.Where(render => render.Id != Except)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    protected override void OnInitialized() => _loop = FollowAsync();

    private static string TitleOf(RenderStatus render) => render.Title is { Length: > 0 } title ? title : RenderTexts.Untitled;

    private static string Standing(RenderStatus render) => render switch
    {
        { State: RenderState.Queued, Progress.QueuePosition: { } place } => RenderTexts.UnderWayWaits.With(place),
        { State: RenderState.Queued } => RenderTexts.UnderWayWaitsNoPlace,
        _ => RenderTexts.UnderWayPercent.With(render.Progress?.Percent ?? 0),
    };

    private async Task CancelAsync(RenderStatus render)
    {
        var generator = Jobs.Generators.FirstOrDefault(generator => generator.Name == render.Generator);
        if (await CancelQuestion.AskAsync(Dialogs, generator, render.Progress?.Stage) && _cancelled.Add(render.Id))
        {
            await Jobs.CancelAsync(render.Id, _stop.Token);
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            do
            {
                await LookAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var renders = await Jobs.UnderWayAsync(_stop.Token);
            if (!renders.SequenceEqual(_renders))
            {
                _renders = renders;
                await InvokeAsync(StateHasChanged);
            }

            _hasFailed = false;
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            // Told once, not every second.
            if (!_hasFailed)
            {
                Log.LookFailed(Logger, failure);
            }

            _hasFailed = true;
        }
        catch (ObjectDisposedException) when (_stop.IsCancellationRequested)
        {
            // The page went while it was drawn.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The renders under way could not be looked up; it is tried again every second.")]
        internal static partial void LookFailed(ILogger logger, Exception failure);
    }
}
