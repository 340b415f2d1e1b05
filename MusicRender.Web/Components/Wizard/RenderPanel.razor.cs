using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class RenderPanel : IAsyncDisposable
{
    /// <summary>How long a screen reader is left in peace within one stage.</summary>
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(5);

    private static readonly (RenderStage Stage, string Name)[] Stages =
    [
        (RenderStage.Validating, "Check the plan"),
        (RenderStage.Validated, "Plan is good"),
        (RenderStage.Generating, "Generate music"),
        (RenderStage.Processing, "Finish the sound"),
        (RenderStage.Saving, "Save the file"),
        (RenderStage.Extracting, "Tags and waveform"),
        (RenderStage.Complete, "Done"),
    ];

    private readonly CancellationTokenSource _stop = new();
    private Task _clock = Task.CompletedTask;
    private string _announced = "";
    private RenderStage? _announcedStage;
    private long _announcedAt;
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

    private string PageTitleText => View.HasEnded
        ? $"{Eyebrow} · MusicRender"
        : string.Create(CultureInfo.InvariantCulture, $"{View.Percent} % · {(Title.Length > 0 ? Title : "Untitled")} · MusicRender");

    private string Eyebrow => View.State switch
    {
        RenderState.Failed => "The render failed",
        RenderState.Cancelled => "The render was cancelled",
        RenderState.Queued => "Waiting",
        _ => "Rendering",
    };

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
        "done" => ", done",
        "now" => ", under way",
        "stopped" => ", stopped here",
        _ => ", to come",
    };

    /// <summary>True once a generator that bills may have begun.</summary>
    private bool MayBeBilled => Generator is { IsLocal: false } && View.Stage is not (null or RenderStage.Validating or RenderStage.Validated or RenderStage.Queued);

    private async Task CancelAsync()
    {
        if (MayBeBilled && await Dialogs.ShowMessageBoxAsync(
            "Cancel this render?",
            $"{Generator!.ShownName()} may bill what it has begun. What has arrived is kept for you to hear. Cancel all the same?",
            yesText: "Cancel the render",
            cancelText: "Go on") != true)
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
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException)
        {
            // The panel is gone.
        }
    }
}
