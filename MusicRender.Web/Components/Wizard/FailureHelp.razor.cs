using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>What can be done after a render ended without a track: what arrived, what is suggested, and the next steps as buttons.</summary>
public sealed partial class FailureHelp
{
    private PlanDifference? _difference;
    private (CompositionPlan? Mine, CompositionPlan? Suggested) _compared;

    [Parameter, EditorRequired]
    public required FailureView Failure { get; set; }

    [Parameter, EditorRequired]
    public required RenderId RenderId { get; set; }

    /// <summary>The present plan, or null.</summary>
    [Parameter]
    public CompositionPlan? Plan { get; set; }

    /// <summary>The present prompt.</summary>
    [Parameter]
    public string Prompt { get; set; } = "";

    /// <summary>What rendered: "ElevenLabs".</summary>
    [Parameter, EditorRequired]
    public required string GeneratorName { get; set; }

    /// <summary>The settings, with the way back.</summary>
    [Parameter, EditorRequired]
    public required string SettingsAddress { get; set; }

    /// <summary>True while a step is being taken.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Why a step could not be taken, or null.</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public EventCallback OnRenderAgain { get; set; }

    [Parameter]
    public EventCallback OnRenderWithSketch { get; set; }

    /// <summary>Back to the plan, at a section or as it was.</summary>
    [Parameter]
    public EventCallback<int?> OnEdit { get; set; }

    [Parameter]
    public EventCallback OnKeep { get; set; }

    [Parameter]
    public EventCallback<CompositionPlan> OnUsePlan { get; set; }

    [Parameter]
    public EventCallback<CompositionPlan> OnUsePlanAndRender { get; set; }

    [Parameter]
    public EventCallback<string> OnUsePrompt { get; set; }

    private bool HasSuggestion => (Failure.SuggestedPlan is not null && Plan is not null) || Failure.SuggestedPrompt is not null;

    /// <summary>True when a part above has the likeliest step.</summary>
    private bool HasMain => Failure.Take is not null || HasSuggestion;

    /// <summary>With a suggestion, what was refused is not worth another try, and the way back to the plan is beside it.</summary>
    private IReadOnlyList<FailureStep> Steps =>
        HasSuggestion ? [.. Failure.Steps.Where(step => step is not (FailureStep.RenderAgain or FailureStep.EditPlan))] : Failure.Steps;

    protected override void OnParametersSet()
    {
        if (_compared != (Plan, Failure.SuggestedPlan))
        {
            _compared = (Plan, Failure.SuggestedPlan);
            _difference = Plan is not null && Failure.SuggestedPlan is { } suggested ? PlanDifference.Between(Plan, suggested) : null;
        }
    }
}
