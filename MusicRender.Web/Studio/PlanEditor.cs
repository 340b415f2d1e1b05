using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>
/// Edits one composition: the plan and what stands beside it. Timeline and JSON are two views of it: an edit in either is at once in the other. Text
/// that is not a valid plan is kept as typed, and the timeline then shows the last valid plan until the text is mended
/// or given up.
/// </summary>
public sealed class PlanEditor : IDisposable
{
    /// <summary>Length of a section that somebody adds, ms.</summary>
    public const int NewSectionMs = 15_000;

    private readonly EditHistory<PlanSnapshot> _history;
    private PlanSnapshot _shown;
    private IReadOnlyList<PlanProblem> _planProblems;
    private int _selected;

    /// <summary>Starts with a plan of its own.</summary>
    /// <param name="plan">The plan, or null.</param>
    /// <param name="planText">Its JSON as it was typed, or null.</param>
    /// <param name="time">Groups typing.</param>
    public PlanEditor(CompositionPlan? plan, string? planText, TimeProvider time)
        : this(new EditHistory<PlanSnapshot>(PlanSnapshot.Of(new Draft { Id = "", Plan = plan, PlanText = planText }), time))
    {
    }

    /// <summary>Edits what others may edit at the same time.</summary>
    public PlanEditor(EditHistory<PlanSnapshot> history)
    {
        _history = history;
        _shown = history.Current;
        _selected = _shown.Selected;
        _planProblems = Check(_shown.Plan);
        history.Changed += Show;
    }

    /// <summary>Raised after every change, here or elsewhere, on the thread of whoever made it.</summary>
    public event Action? Changed;

    /// <summary>The plan; the last valid one while the JSON text is not a plan; null before the first.</summary>
    public CompositionPlan? Plan => State.Plan;

    /// <summary>The section being looked at; null when there is none.</summary>
    public PlanSection? Section => Plan?.Sections.ElementAtOrDefault(Selected);

    /// <summary>Its index.</summary>
    public int Selected => _selected;

    /// <summary>True when somebody else made the last edit.</summary>
    public bool IsEditedElsewhere { get; private set; }

    /// <summary>What stands beside the plan.</summary>
    public BesidePlan Beside => State.Beside;

    /// <summary>The JSON as typed, or as the plan reads when it or its options were changed elsewhere since.</summary>
    public string Json =>
        State.Text is { } text && (IsUnreadable || State.TextOptions == Beside.Options) ? text
        : Plan is null ? ""
        : PlanText.Write(Plan, Beside.Options);

    /// <summary>The JSON text while it is not a plan; else null.</summary>
    public string? UnreadableText => IsUnreadable ? State.Text : null;

    /// <summary>True while the JSON text is not a plan.</summary>
    public bool IsUnreadable => State.TextProblems.Count > 0;

    /// <summary>Everything that keeps the plan from being rendered.</summary>
    public IReadOnlyList<PlanProblem> Problems => IsUnreadable ? State.TextProblems : _planProblems;

    /// <summary>True when there is an edit to take back.</summary>
    public bool CanUndo => _history.CanUndo;

    /// <summary>True when there is an edit to do again.</summary>
    public bool CanRedo => _history.CanRedo;

    private PlanSnapshot State => _shown;

    /// <summary>Stops following what others edit.</summary>
    public void Dispose() => _history.Changed -= Show;

    /// <summary>The problems at a path and below it.</summary>
    public IReadOnlyList<PlanProblem> ProblemsAt(string path) =>
        [.. Problems.Where(problem => problem.Path == path
            || (problem.Path.StartsWith(path, StringComparison.Ordinal) && problem.Path[path.Length] is '.' or '['))];

    /// <summary>Puts another plan in place of this one: one step that can be taken back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="beside">What stands beside it from now on; null to leave that.</param>
    public void Replace(CompositionPlan plan, BesidePlan? beside = null) => Push(PlanSnapshot.Of(plan, beside ?? Beside), null);

    /// <summary>Changes what stands beside the plan. Typing in one of its texts is grouped.</summary>
    public void SetBeside(BesidePlan beside)
    {
        if (beside != Beside)
        {
            var plan = Plan is { } titled && beside.Title != Beside.Title && !IsUnreadable ? titled with { Title = beside.Title.Length == 0 ? null : beside.Title } : Plan;
            var next = State with { Plan = plan, Beside = beside };
            Push(ReferenceEquals(plan, Plan) ? next : next with { Text = null, TextProblems = [] }, beside.TypedSince(Beside));
        }
    }

    /// <summary>Looks at a section.</summary>
    public void Select(int index)
    {
        if (Plan is { } plan && index >= 0 && index < plan.Sections.Count && index != Selected)
        {
            _selected = index;
            _shown = State with { Selected = index };
            _history.Amend(_shown);
            Changed?.Invoke();
        }
    }

    /// <summary>Adds a section after the selected one, in the style of the plan, and selects it.</summary>
    /// <param name="durationMs">Its length, ms.</param>
    public void Add(int durationMs = NewSectionMs)
    {
        var plan = Plan ?? new CompositionPlan();
        if (plan.Sections.Count >= PlanLimits.MaxSections)
        {
            return;
        }

        var at = Math.Min(Selected + 1, plan.Sections.Count);
        var section = new PlanSection { SectionName = SectionNames.Next(plan.Sections), DurationMs = durationMs };
        Edit(plan with { Sections = [.. plan.Sections.Take(at), section, .. plan.Sections.Skip(at)] }, at);
    }

    /// <summary>Removes a section.</summary>
    public void Remove(int index)
    {
        if (Plan is { } plan && index >= 0 && index < plan.Sections.Count)
        {
            var selected = Math.Clamp(Selected > index ? Selected - 1 : Selected, 0, Math.Max(0, plan.Sections.Count - 2));
            Edit(plan with { Sections = [.. plan.Sections.Where((_, at) => at != index)] }, selected);
        }
    }

    /// <summary>Moves a section to another place and selects it.</summary>
    public void Move(int from, int to)
    {
        if (Plan is not { } plan || from == to || from < 0 || to < 0
            || from >= plan.Sections.Count || to >= plan.Sections.Count)
        {
            return;
        }

        var sections = plan.Sections.ToList();
        var section = sections[from];
        sections.RemoveAt(from);
        sections.Insert(to, section);
        Edit(plan with { Sections = sections }, to);
    }

    /// <summary>Names a section.</summary>
    public void Rename(int index, string name) =>
        EditSection(index, section => section with { SectionName = name }, "name");

    /// <summary>Sets a section's length, ms.</summary>
    public void SetLength(int index, int durationMs) =>
        EditSection(index, section => section with { DurationMs = durationMs }, "length");

    /// <summary>Sets a section's lyric lines.</summary>
    public void SetLines(int index, IReadOnlyList<string> lines) =>
        EditSection(index, section => section with { Lines = lines }, "lines");

    /// <summary>Sets the styles wanted in a section.</summary>
    public void SetWanted(int index, IReadOnlyList<string> styles) =>
        EditSection(index, section => section with { PositiveLocalStyles = styles }, null);

    /// <summary>Sets the styles unwanted in a section.</summary>
    public void SetUnwanted(int index, IReadOnlyList<string> styles) =>
        EditSection(index, section => section with { NegativeLocalStyles = styles }, null);

    /// <summary>Sets the styles wanted everywhere.</summary>
    public void SetGlobalWanted(IReadOnlyList<string> styles) =>
        EditPlan(plan => plan with { PositiveGlobalStyles = styles }, null);

    /// <summary>Sets the styles unwanted everywhere.</summary>
    public void SetGlobalUnwanted(IReadOnlyList<string> styles) =>
        EditPlan(plan => plan with { NegativeGlobalStyles = styles }, null);

    /// <summary>Sets the title; an empty one is none.</summary>
    public void SetTitle(string title)
    {
        if (Plan is null)
        {
            SetBeside(Beside with { Title = title });
        }
        else
        {
            EditPlan(plan => plan with { Title = title.Length == 0 ? null : title }, "title");
        }
    }

    /// <summary>Takes the text of the JSON view, whatever it is.</summary>
    public void SetJson(string text) => SetJson(text, "json");

    /// <summary>Takes the text of a file, or one that was pasted, in place of the whole plan: one step. A prompt goes to the prompt.</summary>
    public void Import(string text)
    {
        // The JSON view has one kind of line break; places are counted in it.
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (PlanReader.Read(text) is { Composition: PromptComposition prompt } reading)
        {
            SetBeside(Beside with { Prompt = prompt.Prompt, Options = reading.Options });
        }
        else
        {
            SetJson(text, null);
        }
    }

    /// <summary>The plan as a text for others, in the shape of chunks or of sections; null while there is no valid plan.</summary>
    public string? Export(bool asChunks) =>
        Plan is null || IsUnreadable ? null : PlanText.Write(asChunks ? PlanConversion.ToChunks(Plan) : Plan, Beside.Options);

    /// <summary>Gives up JSON text that is not a plan and goes back to the last valid plan.</summary>
    public void DropText()
    {
        if (IsUnreadable)
        {
            Push(State with { Text = null, TextProblems = [] }, null);
        }
    }

    /// <summary>Takes the last edit back.</summary>
    public void Undo() => _history.Undo(this);

    /// <summary>Does the edit again that was taken back last.</summary>
    public void Redo() => _history.Redo(this);

    private static IReadOnlyList<PlanProblem> Check(CompositionPlan? plan) =>
        plan is null ? [] : PlanValidator.Check(plan);

    private void EditSection(int index, Func<PlanSection, PlanSection> change, string? group)
    {
        if (Plan is { } plan && index >= 0 && index < plan.Sections.Count)
        {
            var sections = plan.Sections.ToArray();
            sections[index] = change(sections[index]);
            Edit(plan with { Sections = sections }, Selected, group is null ? null : $"{group}:{index}");
        }
    }

    private void EditPlan(Func<CompositionPlan, CompositionPlan> change, string? group)
    {
        if (Plan is { } plan)
        {
            Edit(change(plan), Selected, group);
        }
    }

    /// <summary>An edit on the timeline. It waits while the JSON text is not a plan, so that neither view overwrites the other.</summary>
    internal void Edit(CompositionPlan plan, int selected, string? group = null)
    {
        if (!IsUnreadable)
        {
            Push(PlanSnapshot.Of(plan, Beside, selected), group);
        }
    }

    private void SetJson(string text, string? group)
    {
        if (text == Json)
        {
            return;
        }

        var (plan, problems, reading) = PlanText.Read(text);
        var beside = plan is null ? Beside : Beside with { Options = reading.Options, Song = reading.Song ?? Beside.Song };
        Push(new PlanSnapshot(plan ?? Plan, text, problems, _selected, beside, reading.Options), group);
    }

    private void Push(PlanSnapshot next, string? group) => _history.Push(next.Titled, group, this);

    private void Show(object? by)
    {
        var (before, now) = (_shown, _history.Current);
        _shown = now;
        IsEditedElsewhere = !ReferenceEquals(by, this);
        _selected = Math.Clamp(IsEditedElsewhere ? Kept(before, now) : now.Selected, 0, Math.Max(0, (now.Plan?.Sections.Count ?? 0) - 1));
        _planProblems = Check(now.Plan);
        Changed?.Invoke();
    }

    /// <summary>Where the section is now that was looked at when somebody else made an edit.</summary>
    private int Kept(PlanSnapshot before, PlanSnapshot now)
    {
        var at = before.Plan?.Sections.ElementAtOrDefault(_selected) is { } section && now.Plan is { } plan
            ? plan.Sections.ToList().FindIndex(other => ReferenceEquals(other, section))
            : -1;
        return at < 0 ? _selected : at;
    }
}
