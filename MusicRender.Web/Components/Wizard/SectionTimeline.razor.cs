using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>
/// The sections as blocks. Drags, zoom, the ruler and the way of the focus are the browser's affair (timeline.ts); it calls
/// once when a drag ends or a key is pressed, and names sections by their ids, so that it may come late and still mean the same.
/// </summary>
public sealed partial class SectionTimeline : IAsyncDisposable
{
    private readonly ScriptPart _script = new("./assets/timeline.js");
    private ElementReference _root;
    private bool _wantsFocus;

    [Parameter, EditorRequired]
    public required PlanEditor Editor { get; set; }

    [Parameter, EditorRequired]
    public required CompositionPlan Plan { get; set; }

    /// <summary>The generator that will render it, or null for the default.</summary>
    [Parameter]
    public string? Generator { get; set; }

    /// <summary>The model wanted, or null.</summary>
    [Parameter]
    public string? ModelId { get; set; }

    /// <summary>What stands on the selected block: a button or two, 32 px high.</summary>
    [Parameter]
    public RenderFragment? SelectedTools { get; set; }

    [Inject]
    public required TimelineView View { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    /// <inheritdoc/>
    protected override object Looks => (
        View.MusicOf(Plan), View.Snaps, View.Words, Editor.IsUnreadable, Editor.Selected, Problem, Remark, SelectedTools is null,
        string.Join('\n', Plan.Sections.Select((section, at) => $"{Editor.SectionIds.ElementAtOrDefault(at)} {section.SectionName} {section.DurationMs} {section.Lines.Count > 0} {Editor.ProblemsAt(Path(at)).Count > 0}")));

    private LimitReading Length => LimitReading.LengthOf(Plan);

    private LimitReading Count => LimitReading.SectionsOf(Plan);

    private string Problem => string.Join(" ", Editor.Problems.Where(problem => problem.Path is "sections" or "").Select(problem => ProblemWording.OfPlan(problem, Plan)));

    /// <summary>The first remark of the generator, with the section that it is on, and how many more there are.</summary>
    private string? Remark => View.RemarksOn(Jobs, Generator, Plan, ModelId) switch
    {
        [] => null,
        [var only] => On(only),
        [var first, ..] all => TimelineTexts.MoreRemarks.With(On(first), all.Count - 1),
    };

    /// <summary>Looks at a section.</summary>
    /// <param name="sectionId">Its id, here and below: by the time the browser is heard, it may stand elsewhere, or be gone.</param>
    [JSInvokable]
    public void Select(string sectionId) => Editor.Select(Editor.IndexOf(sectionId));

    /// <summary>A block was dragged to another place.</summary>
    /// <param name="sectionId">The section.</param>
    /// <param name="placeId">The section whose place it takes.</param>
    [JSInvokable]
    public void Drop(string sectionId, string placeId)
    {
        if (Editor.IndexOf(sectionId) is >= 0 and var from)
        {
            Editor.Move(from, Editor.IndexOf(placeId));
            SayPlace();
        }
    }

    /// <summary>A block's edge was dragged.</summary>
    /// <param name="sectionId">The section.</param>
    /// <param name="lengthMs">Its new length, ms.</param>
    [JSInvokable]
    public void Resize(string sectionId, int lengthMs)
    {
        if (Editor.IndexOf(sectionId) is >= 0 and var at)
        {
            Editor.Select(at);
            SetLength(at, Math.Clamp(lengthMs, PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs));
        }
    }

    /// <summary>A key was pressed on the selected block.</summary>
    /// <param name="sectionId">The section; empty for the one that is selected by now.</param>
    /// <param name="command">"move", "length", "beats", "duplicate" or "remove".</param>
    /// <param name="steps">How far, negative for earlier and shorter.</param>
    [JSInvokable]
    public void Press(string sectionId, string command, int steps)
    {
        var at = sectionId.Length == 0 ? Editor.Selected : Editor.IndexOf(sectionId);
        Editor.Select(at);
        if (Editor.IsUnreadable || at < 0 || Editor.Section is not { } section)
        {
            return;
        }

        switch (command)
        {
            case "move":
                // The focus goes along, and says the place.
                Editor.Move(at, Math.Clamp(at + steps, 0, Editor.Plan!.Sections.Count - 1));
                _wantsFocus = true;
                break;
            case "length":
                SetLength(at, View.Longer(Editor.Plan!, section.DurationMs, steps));
                break;
            case "beats":
                SetLength(at, View.LongerByBeats(Editor.Plan!, section.DurationMs, steps));
                break;
            case "duplicate":
                SectionCommands.Duplicate(Editor, View);
                _wantsFocus = true;
                break;
            case "remove":
                SectionCommands.Remove(Editor, View);
                _wantsFocus = true;
                break;
        }
    }

    public ValueTask DisposeAsync()
    {
        View.Said -= Show;
        return _script.DisposeAsync();
    }

    protected override void OnInitialized() => View.Said += Show;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _script.StartForAsync(Js, _root, this);
        }

        if (_wantsFocus)
        {
            _wantsFocus = false;
            await _script.CallAsync("focusSelected");
        }
    }

    private static string Path(int index) => $"sections[{index}]";

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private void Add()
    {
        Editor.Add(View.Fitted(Plan, PlanEditor.NewSectionMs));
        View.Say(TimelineTexts.SaidAdded.With(Editor.Section?.SectionName));
    }

    private void SetLength(int at, int lengthMs)
    {
        Editor.SetLength(at, lengthMs);
        SectionCommands.SayLength(Editor, View);
    }

    private void SayPlace()
    {
        if (Editor.Section is { } section)
        {
            View.Say(TimelineTexts.SaidMoved.With(section.SectionName, Editor.Selected + 1, Editor.Plan!.Sections.Count));
        }
    }

    private string On(PlanRemark remark)
    {
        var at = Plan.Sections.Select((_, index) => index).FirstOrDefault(index => remark.Path.StartsWith($"{Path(index)}.", StringComparison.Ordinal), -1);
        return at < 0 ? remark.Message : TimelineTexts.RemarkOn.With(Plan.Sections[at].SectionName, remark.Message);
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);
}
