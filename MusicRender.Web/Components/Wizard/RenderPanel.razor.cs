using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class RenderPanel : IAsyncDisposable
{
    /// <summary>How long a screen reader is left in peace within one stage.</summary>
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(15);

    private static (RenderStage Stage, string Name)[] Stages =>
    [
        (RenderStage.Validating, RenderTexts.StageValidating),
        (RenderStage.Validated, RenderTexts.StageValidated),
        (RenderStage.Generating, RenderTexts.StageGenerating),
        (RenderStage.Processing, RenderTexts.StageProcessing),
        (RenderStage.Saving, RenderTexts.StageSaving),
        (RenderStage.Extracting, RenderTexts.StageExtracting),
        (RenderStage.Complete, RenderTexts.StageComplete),
    ];

    private readonly CancellationTokenSource _stop = new();
    private Task _clock = Task.CompletedTask;
    private string _announced = "";
    private RenderStage? _announcedStage;
    private long _announcedAt;
    private long _paintedAt;
    private bool _isCancelling;

    [Parameter, EditorRequired]
    public required RenderView View { get; set; }

    [Parameter, EditorRequired]
    public required RenderId RenderId { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What renders, or null when not known.</summary>
    [Parameter]
    public GeneratorInfo? Generator { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    private string ShownTitle => Title.Length > 0 ? Title : RenderTexts.Untitled;

    private string PageTitleText => View.HasEnded
        ? RenderTexts.PageTitleEnded.With(Eyebrow)
        : RenderTexts.PageTitleRunning.With(View.Percent, ShownTitle);

    private string Eyebrow => View.State switch
    {
        RenderState.Failed => RenderTexts.StateFailed,
        RenderState.Cancelled => RenderTexts.StateCancelled,
        RenderState.Queued => RenderTexts.StateQueued,
        _ => RenderTexts.StateRendering,
    };

    /// <summary>The time left in words, or null while it is not known.</summary>
    private string? Left => View.Stage is RenderStage.Processing or RenderStage.Saving or RenderStage.Extracting && !View.HasEnded ? RenderTexts.NearlyDone
        : View.TimeLeft(Time.GetUtcNow()) is { } left ? RenderTexts.TimeLeft.With(Wording.Length((long)RenderPace.Rounded(left).TotalMilliseconds))
        : null;

    private TimeSpan? Gone => View.HasEnded ? null : Time.GetUtcNow() - View.StartedAt;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _clock;
        _stop.Dispose();
    }

    protected override void OnInitialized() => _clock = TickAsync();

    protected override void OnParametersSet()
    {
        _paintedAt = Time.GetTimestamp();
        if (View.HasEnded || View.Stage != _announcedStage || Time.GetElapsedTime(_announcedAt) >= AnnounceEvery)
        {
            (_announced, _announcedStage, _announcedAt) = (View.Message, View.Stage, Time.GetTimestamp());
        }
    }

    private string StateOf(RenderStage stage)
    {
        var now = View.Stage is RenderStage.Queued ? RenderStage.Validated : View.Stage;
        return now is null || stage > now ? "to-come"
            : stage < now || View.State is RenderState.Succeeded ? "done"
            : View.HasEnded ? "stopped"
            : "now";
    }

    private string Spoken(RenderStage stage) => StateOf(stage) switch
    {
        "done" => RenderTexts.StageIsDone,
        "now" => RenderTexts.StageIsNow,
        "stopped" => RenderTexts.StageIsStopped,
        _ => RenderTexts.StageIsToCome,
    };

    private async Task CancelAsync()
    {
        if (!await CancelQuestion.AskAsync(Dialogs, Generator, View.Stage))
        {
            return;
        }

        if (View.HasEnded)
        {
            // While it was asked.
            return;
        }

        _isCancelling = true;
        await OnCancel.InvokeAsync();
    }

    /// <summary>Moves the clock once a second while nothing else moves.</summary>
    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token) && !View.HasEnded)
            {
                // Progress has just moved it: at most ten updates a second, this one included.
                if (Time.GetElapsedTime(_paintedAt) >= RenderWatch.UpdateInterval)
                {
                    await InvokeAsync(StateHasChanged);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The panel is gone.
        }
    }
}
