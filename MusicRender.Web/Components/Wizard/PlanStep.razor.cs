using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Components.Controls;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class PlanStep : IDisposable
{
    private const string OwnWriter = "musicrender";
    private readonly CancellationTokenSource _stop = new();
    private string _view = PlanTexts.Timeline;
    private bool _isPromptOpen;
    private bool _isPlanning;
    private bool _isStarting;
    private string? _planFailure;
    private string? _renderFailure;
    private WrittenPlan? _written;
    private bool _shallFocus;
    private ElementReference _heading;
    private ViewTabs? _tabs;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    /// <summary>A render was started.</summary>
    [Parameter]
    public EventCallback OnStarted { get; set; }

    [Inject]
    public required IPlanWriter Plans { get; set; }

    [Inject]
    public required TrackStudio Studio { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    private static string Timeline => PlanTexts.Timeline;

    private static string Json => PlanTexts.Json;

    private static string[] Views => [Timeline, Json];

    private Draft Draft => Session.Draft;

    private PlanEditor Plan => Session.Plan;

    private bool HasPlan => Plan.Plan is not null || Plan.IsUnreadable;

    private bool CanMakePlan => Draft.Prompt.Trim().Length > 0 && Draft.Prompt.Length <= PlanLimits.MaxPrompt;

    /// <summary>Who wrote the plan that was just made.</summary>
    private string Writer => _written is null or { Writer: OwnWriter } ? "MusicRender" : Jobs.ShownNameOf(_written.Writer);

    /// <summary>Why the plan cannot be rendered, or null.</summary>
    private string? Blocked => (Plan.Plan, Plan.Problems) switch
    {
        (_, { Count: 1 } problems) => ProblemWording.OfPlan(problems[0], Plan.Plan),
        (_, { Count: > 1 } problems) => PlanTexts.AndMore.With(ProblemWording.OfPlan(problems[0], Plan.Plan), problems.Count - 1),
        (null, _) => PlanTexts.PlanFirst,
        _ => null,
    };

    /// <summary>What screen readers hear of the plan's making: the prompt is closed by then.</summary>
    private string? Said => _isPlanning ? PlanTexts.WritingPlan
        : _written is not null && Plan.Plan is { } plan ? PlanTexts.PlanMade.With(plan.Sections.Count, Wording.Length(plan.DurationMs ?? 0))
        : null;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
        _isPromptOpen = Plan.Plan is null;
        _view = Plan.IsUnreadable ? Json : Timeline;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shallFocus)
        {
            // What had the focus is gone.
            _shallFocus = false;
            await (HasPlan && _tabs is { } tabs ? tabs.FocusAsync() : _heading.FocusAsync(preventScroll: true));
        }
    }

    private string[] Messages(string path) => [.. Plan.Problems.Where(problem => problem.Path == path).Select(ProblemWording.AtField)];

    /// <summary>What was taken in is looked at where it can be understood.</summary>
    private void ShowImported()
    {
        _view = Plan.IsUnreadable ? Json : _view;
        _isPromptOpen |= !HasPlan;
    }

    private void CloseNotice() => (_written, _shallFocus) = (_written! with { Notice = null }, true);

    private async Task MakePlanAsync()
    {
        if (_isPlanning || !CanMakePlan)
        {
            return;
        }

        var isSung = !(Draft.InstrumentalOnly || (Presets.TryFindBlueprint(Draft.Blueprint, out var blueprint) && blueprint.IsInstrumental));
        var request = new PlanRequest
        {
            Prompt = Draft.Prompt,
            Generator = Jobs.Find(Draft.Generator)?.Name,
            ForceInstrumental = !isSung,
            Title = Draft.Title.Length > 0 && Draft.Title.Length <= PlanLimits.MaxTitle ? Draft.Title : null,
            Seed = Plan.Plan is null ? null : Random.Shared.Next(),
            ModelId = Draft.ModelId,
        };
        if (PromptRules.Check(request) is [var problem, ..])
        {
            _planFailure = problem.ToString();
            return;
        }

        _isPlanning = true;
        _planFailure = null;
        _written = null;
        try
        {
            var written = await Plans.WriteAsync(request, _stop.Token);
            TakeUp(written);
        }
        finally
        {
            _isPlanning = false;
        }
    }

    private void TakeUp(WrittenPlan written)
    {
        var beside = Plan.Beside;
        var title = Draft.Title.Length > 0 ? Draft.Title : written.Plan.Title ?? written.Song.Title;
        Plan.Replace(written.Plan with { Title = title }, beside with
        {
            Song = written.Song,
            Description = beside.Description.Length == 0 ? written.Song.Description ?? "" : beside.Description,
        });
        _written = written;
        _view = Timeline;
        // The button that was pressed goes out of sight with the prompt.
        (_isPromptOpen, _shallFocus) = (false, true);
    }

    private async Task RenderAsync()
    {
        if (_isStarting || Blocked is not null)
        {
            return;
        }

        _isStarting = true;
        _renderFailure = null;
        try
        {
            var failure = await Studio.RenderAsync(Session, _stop.Token);
            _renderFailure = failure?.Message;
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
}
