using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>Shows a render of a draft, the newest unless the address names another: how far it is, then its track. The draft knows its newest render, so a reload or another device comes back to it.</summary>
public sealed partial class ListenStep : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private RenderWatch? _watch;
    private RenderView _view = new();
    private string? _generator;
    private string? _title;
    private Track? _track;
    private bool _isSettled;
    private bool _isStarting;
    private string? _failure;
    private string? _announced;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    /// <summary>The render to show; null for the draft's newest.</summary>
    [Parameter]
    public string? Render { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    /// <summary>Another render was started: the draft's newest from here on.</summary>
    [Parameter]
    public EventCallback OnStarted { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required ITrackLibrary Library { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TrackStudio Studio { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<RenderWatch> Logger { get; set; }

    /// <summary>The generator of this render, or null when it is not ready any more.</summary>
    private GeneratorInfo? Generator => Jobs.Generators.FirstOrDefault(generator => generator.Name == _generator);

    private string GeneratorName => Jobs.ShownNameOf(_generator ?? "");

    private string SettingsAddress => $"/settings?back={Uri.EscapeDataString(WizardSteps.Address(Session.Draft.Id, WizardStep.Listen))}";

    /// <summary>What can be done about a render that ended without a track; null while there is nothing to do.</summary>
    private FailureView? Help => _view.HasEnded
        ? FailureView.Of(_view.Failure ?? new RenderFailure(FailureCode.ServerError, _view.Message), _view.Take, Session.Plan.Plan, IsLocal)
        : null;

    /// <summary>As the render was called; the draft may be called otherwise by now.</summary>
    private string Title => _title ?? Session.Draft.Title;

    private bool IsLocal => _generator is null or GeneratorChoice.Sketch || Generator is { IsLocal: true };

    private CostEstimate? AnotherTakeCost => CostEstimate.Of(Jobs.Find(Session.Draft.Generator ?? _track!.Generator), _track!.Composition.DurationMs, null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RenderId.TryParse(Render ?? Session.Draft.RenderId, out var id))
        {
            _isSettled = true;
            return;
        }

        _track = await FindTrackAsync(id);
        if (_track is null && !_stop.IsCancellationRequested)
        {
            var status = await FindRenderAsync(id);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            (_generator, _title) = (status?.Generator ?? Jobs.Find(Session.Draft.Generator)?.Name, status?.Title);
            _watch = new RenderWatch(id, Jobs, Time, Logger, view => _ = InvokeAsync(() => TakeAsync(view)));
        }
    }

    private async Task TakeAsync(RenderView view)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _view = view;
        if (view.HasEnded && _track is null)
        {
            if (view.State is RenderState.Succeeded)
            {
                _track = await FindTrackAsync(_watch!.Id);
                _announced = _track is null ? null : RenderTexts.Ready;
            }

            _isSettled = true;
        }

        if (!_stop.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    /// <summary>Looks the track up until the library answers; null when there is none, or when the page is gone.</summary>
    private async Task<Track?> FindTrackAsync(RenderId id)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                return await Library.FindAsync(id.Value, _stop.Token);
            }
            catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
            {
                Log.FindFailed(Logger, failure, id);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            StateHasChanged();
            await Task.Delay(RenderWatch.RetryAfter, Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>What is known of the render itself; null when nobody knows it, or when that cannot be asked now.</summary>
    private async Task<RenderStatus?> FindRenderAsync(RenderId id)
    {
        try
        {
            return await Jobs.FindAsync(id, _stop.Token);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            Log.FindFailed(Logger, failure, id);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }

        return null;
    }

    private Task CancelAsync() => Jobs.CancelAsync(_watch!.Id, _stop.Token);

    private Task RenderAgainAsync() => StartAsync(() => Studio.RenderAsync(Session, _stop.Token));

    private Task RenderWithSketchAsync() => StartAsync(() => Studio.RenderWithSketchAsync(Session, _stop.Token));

    private Task AnotherTakeAsync() => StartAsync(() => Studio.RenderAnotherAsync(Session, _track!, _stop.Token));

    /// <summary>Goes back to the plan, with the section that a problem is in.</summary>
    private Task EditAsync(int? section)
    {
        if (section is { } at)
        {
            Session.Plan.Select(at);
        }

        return OnEdit.InvokeAsync();
    }

    /// <summary>One edit that Undo takes back. The person looks at it before anything is paid for.</summary>
    private Task UsePlanAsync(CompositionPlan plan)
    {
        Session.Plan.Replace(plan with { Title = Session.Plan.Plan?.Title ?? plan.Title });
        return OnEdit.InvokeAsync();
    }

    private Task UsePlanAndRenderAsync(CompositionPlan plan)
    {
        Session.Plan.Replace(plan with { Title = Session.Plan.Plan?.Title ?? plan.Title });
        return RenderAgainAsync();
    }

    private Task UsePromptAsync(string prompt)
    {
        Session.Update(draft => draft with { Prompt = prompt });
        return OnEdit.InvokeAsync();
    }

    /// <summary>Makes a track of what arrived, and shows it.</summary>
    private async Task KeepAsync()
    {
        _isStarting = true;
        try
        {
            var kept = await Jobs.KeepTakeAsync(_watch!.Id, _stop.Token);
            _track = kept.Track;
            _failure = kept switch
            {
                { Track: not null } => null,
                { Failure: { } failure } => failure.Message,
                _ => RenderTexts.NothingLeft,
            };
        }
        finally
        {
            _isStarting = false;
        }
    }

    private async Task StartAsync(Func<Task<RenderFailure?>> start)
    {
        _isStarting = true;
        try
        {
            var failure = await start();
            _failure = failure?.Message;
            if (failure is null)
            {
                await OnStarted.InvokeAsync();
            }
        }
        finally
        {
            _isStarting = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The track of render {RenderId} could not be looked up; it is tried again.")]
        internal static partial void FindFailed(ILogger logger, Exception failure, RenderId renderId);
    }
}
