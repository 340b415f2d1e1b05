using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>Everything about the selected section.</summary>
public sealed partial class SectionInspector
{
    private string? _splitting;
    private string? _shown;
    private bool _isSung;
    private bool _shallFocus;
    private ElementReference _place;
    private SectionTools? _tools;
    private CompositionPlan? _suggested;
    private StyleSuggestions? _suggestions;

    [Parameter, EditorRequired]
    public required PlanEditor Editor { get; set; }

    /// <summary>The generator that will render it, or null for the default.</summary>
    [Parameter]
    public string? Generator { get; set; }

    /// <summary>The model wanted, or null.</summary>
    [Parameter]
    public string? ModelId { get; set; }

    /// <summary>What plays the section: stands in the head, 40 px high.</summary>
    [Parameter]
    public RenderFragment? Preview { get; set; }

    [Inject]
    public required TimelineView View { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    private int At => Editor.Selected;

    private bool IsLocked => Editor.IsUnreadable;

    protected override void OnParametersSet()
    {
        // Of a song the words come first. They keep their place while somebody writes the first ones.
        if (_shown != Editor.SelectedId)
        {
            (_shown, _isSung) = (Editor.SelectedId, Editor.Plan?.Sections.Any(section => section.Lines.Count > 0) ?? false);
        }

        if (_splitting != Editor.SelectedId)
        {
            _splitting = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shallFocus)
        {
            // What had the focus is gone. What is left may be too short to be split again: then the button cannot take it.
            _shallFocus = false;
            await (_tools is { CanSplit: true } tools ? tools.FocusSplitAsync() : _place.FocusAsync(preventScroll: true));
        }
    }

    private StyleSuggestions Suggestions(CompositionPlan plan)
    {
        if (_suggestions is null || !ReferenceEquals(plan, _suggested))
        {
            (_suggested, _suggestions) = (plan, new StyleSuggestions(plan, View.MusicOf(plan)));
        }

        return _suggestions;
    }

    private string[] RemarksAt(string field) =>
        [.. View.RemarksOn(Jobs, Generator, Editor.Plan!, ModelId).Where(remark => remark.Path == $"sections[{At}].{field}").Select(remark => remark.Message)];

    private string[] Messages(string field) =>
        [.. Editor.ProblemsAt($"sections[{At}].{field}").Select(ProblemWording.AtField)];

    private void EndSplitting() => (_splitting, _shallFocus) = (null, true);

    // A click that comes late is for the section that it was made on.
    private void Split(string sectionId, SplitPoint point)
    {
        EndSplitting();
        if (Editor.SelectedId == sectionId)
        {
            SectionCommands.Split(Editor, View, point);
        }
    }

    private void Lengthen(string sectionId, int steps)
    {
        if (Editor.SelectedId == sectionId)
        {
            SectionCommands.Lengthen(Editor, View, steps);
        }
    }
}
