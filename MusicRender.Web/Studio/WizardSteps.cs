using System.Text.RegularExpressions;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>The steps of the wizard, in order.</summary>
public enum WizardStep
{
    /// <summary>Blueprint, sound, delivery.</summary>
    Choose,

    /// <summary>What it is about.</summary>
    Story,

    /// <summary>Prompt and plan.</summary>
    Plan,

    /// <summary>Rendering and player.</summary>
    Listen,
}

/// <summary>Addresses of the steps, and which of them a draft has reached.</summary>
public static partial class WizardSteps
{
    /// <summary>All steps, in order.</summary>
    public static readonly IReadOnlyList<WizardStep> All = Enum.GetValues<WizardStep>();

    /// <summary>The address of a step.</summary>
    public static string Address(string draftId, WizardStep step) => $"/compose/{draftId}/{Segment(step)}";

    /// <summary>The address of one render of a draft, which need not be its newest.</summary>
    public static string Address(string draftId, RenderId render) => $"{Address(draftId, WizardStep.Listen)}?render={render}";

    /// <summary>True for an address of the wizard, and for nothing that leads elsewhere.</summary>
    public static bool IsAddress(string? address) => address is not null && WizardAddress().IsMatch(address);

    /// <summary>The step of an address's last part, or null.</summary>
    public static WizardStep? Parse(string? segment) =>
        All.Cast<WizardStep?>().FirstOrDefault(step => Segment(step!.Value) == segment);

    /// <summary>Where somebody who comes back goes on.</summary>
    public static WizardStep Resume(Draft draft) => draft switch
    {
        { RenderId: not null } => WizardStep.Listen,
        { Plan: not null } or { PlanText: not null } or { Prompt.Length: > 0 } => WizardStep.Plan,
        { Blueprint: not null, Sound: not null, Delivery: not null } => WizardStep.Story,
        _ => WizardStep.Choose,
    };

    /// <summary>True when there is something to show on a step.</summary>
    public static bool IsOpen(Draft draft, WizardStep step) => step switch
    {
        WizardStep.Story => draft is { Blueprint: not null, Sound: not null, Delivery: not null },
        WizardStep.Listen => draft.RenderId is not null,
        _ => true,
    };

    /// <summary>True when somebody has done something in the draft.</summary>
    public static bool IsBegun(Draft draft) =>
        draft is { Blueprint: not null } or { Sound: not null } or { Delivery: not null } or { Story.Length: > 0 } or { Prompt.Length: > 0 } or { Plan: not null } or { PlanText: not null };

    private static string Segment(WizardStep step) => step switch
    {
        WizardStep.Choose => "choose",
        WizardStep.Story => "story",
        WizardStep.Plan => "plan",
        _ => "listen",
    };

    [GeneratedRegex(@"^/compose/[A-Za-z0-9_-]+/[a-z]+\z")]
    private static partial Regex WizardAddress();
}
