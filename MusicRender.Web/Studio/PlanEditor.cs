using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>
/// Edits one composition plan. Timeline and JSON are two views of it: an edit in either is at once in the other. Text
/// that is not a valid plan is kept as typed, and the timeline then shows the last valid plan until the text is mended
/// or given up.
/// </summary>
public sealed class PlanEditor
{
    /// <summary>Length of a section that somebody adds, ms.</summary>
    public const int NewSectionMs = 15_000;

    private readonly EditHistory<PlanSnapshot> _history;
    private IReadOnlyList<PlanProblem> _planProblems;
    private PlanReading? _reading;

    /// <summary>Starts with what a draft holds.</summary>
    /// <param name="plan">The plan, or null.</param>
    /// <param name="planText">Text that was not a plan when it was saved, or null.</param>
    /// <param name="time">Groups typing.</param>
    public PlanEditor(CompositionPlan? plan, string? planText, TimeProvider time)
    {
        var start = PlanSnapshot.Empty with { Plan = plan };
        if (planText is not null)
        {
            var (read, problems, reading) = PlanText.Read(planText);
            start = start with
            {
                Plan = read ?? plan,
                Text = planText,
                TextProblems = problems,
                TextOptions = PlanOptions.Of(reading),
            };
        }

        _history = new EditHistory<PlanSnapshot>(start, time);
        _planProblems = Check(start.Plan);
    }

    /// <summary>Raised after every change, on the caller's thread.</summary>
    public event Action? Changed;

    /// <summary>The plan; the last valid one while the JSON text is not a plan; null before the first.</summary>
    public CompositionPlan? Plan => State.Plan;

    /// <summary>The section being looked at; null when there is none.</summary>
    public PlanSection? Section => Plan?.Sections.ElementAtOrDefault(State.Selected);

    /// <summary>Its index.</summary>
    public int Selected => State.Selected;

    /// <summary>Seed, generator and models as they are set; the JSON shows them.</summary>
    public PlanOptions Options { get; set; }

    /// <summary>The JSON as typed, or as the plan reads when it or its options were changed elsewhere since.</summary>
    public string Json =>
        State.Text is { } text && (IsUnreadable || State.TextOptions == Options) ? text
        : Plan is null ? ""
        : PlanText.Write(Plan, Options);

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

    private PlanSnapshot State => _history.Current;

    /// <summary>The problems at a path and below it.</summary>
    public IReadOnlyList<PlanProblem> ProblemsAt(string path) =>
        [.. Problems.Where(problem => problem.Path == path
            || (problem.Path.StartsWith(path, StringComparison.Ordinal) && problem.Path[path.Length] is '.' or '['))];

    /// <summary>Puts another plan in place of this one: one step that can be taken back.</summary>
    public void Replace(CompositionPlan plan) => Push(new PlanSnapshot(plan, null, [], 0), null);

    /// <summary>Looks at a section.</summary>
    public void Select(int index)
    {
        if (Plan is { } plan && index >= 0 && index < plan.Sections.Count && index != Selected)
        {
            _history.Amend(State with { Selected = index });
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
    public void SetTitle(string title) =>
        EditPlan(plan => plan with { Title = title.Length == 0 ? null : title }, "title");

    /// <summary>Takes the text of the JSON view, whatever it is.</summary>
    public void SetJson(string text)
    {
        if (text == Json)
        {
            return;
        }

        var (plan, problems, reading) = PlanText.Read(text);
        _reading = plan is null ? null : reading;
        var options = PlanOptions.Of(reading);
        if (plan is not null)
        {
            Options = options;
        }

        var shown = plan ?? Plan;
        var selected = Math.Clamp(Selected, 0, Math.Max(0, (shown?.Sections.Count ?? 0) - 1));
        Push(new PlanSnapshot(shown, text, problems, selected, options), "json");
    }

    /// <summary>What the JSON text that was just read says beside the plan (options, metadata); given once.</summary>
    public PlanReading? TakeReading() => Interlocked.Exchange(ref _reading, null);

    /// <summary>Gives up JSON text that is not a plan and goes back to the last valid plan.</summary>
    public void DropText()
    {
        if (IsUnreadable)
        {
            Push(State with { Text = null, TextProblems = [] }, null);
        }
    }

    /// <summary>Takes the last edit back.</summary>
    public void Undo() => Travel(_history.Undo());

    /// <summary>Does the edit again that was taken back last.</summary>
    public void Redo() => Travel(_history.Redo());

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
            Push(new PlanSnapshot(plan, null, [], selected), group);
        }
    }

    private void Push(PlanSnapshot next, string? group)
    {
        _history.Push(next, group);
        Travel(true);
    }

    private void Travel(bool hasMoved)
    {
        if (hasMoved)
        {
            _planProblems = Check(Plan);
            Changed?.Invoke();
        }
    }
}
