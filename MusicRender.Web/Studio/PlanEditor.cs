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
    private readonly Lock _lock = new();
    private PlanSnapshot _shown;
    private IReadOnlyList<PlanProblem> _planProblems;
    private int _selected;
    private bool _isRevisiting;

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

    /// <summary>Which section is which: an id for each, that stays whatever becomes of the section.</summary>
    public IReadOnlyList<string> SectionIds => State.SectionIds;

    /// <summary>The id of the section being looked at; null when there is none.</summary>
    public string? SelectedId => SectionIds.ElementAtOrDefault(Selected);

    /// <summary>True when somebody else made the last edit.</summary>
    public bool IsEditedElsewhere { get; private set; }

    /// <summary>True when the last edit took one back, or did it again.</summary>
    public bool IsRevisited { get; private set; }

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
    public bool IsUnreadable => State.IsUnreadable;

    /// <summary>Everything that keeps the plan from being rendered.</summary>
    public IReadOnlyList<PlanProblem> Problems => IsUnreadable ? State.TextProblems : _planProblems;

    /// <summary>True when there is an edit to take back.</summary>
    public bool CanUndo => _history.CanUndo;

    /// <summary>True when there is an edit to do again.</summary>
    public bool CanRedo => _history.CanRedo;

    private PlanSnapshot State => Volatile.Read(ref _shown);

    /// <summary>Stops following what others edit.</summary>
    public void Dispose() => _history.Changed -= Show;

    /// <summary>The problems at a path and below it.</summary>
    public IReadOnlyList<PlanProblem> ProblemsAt(string path) =>
        [.. Problems.Where(problem => problem.Path == path
            || (problem.Path.StartsWith(path, StringComparison.Ordinal) && problem.Path[path.Length] is '.' or '['))];

    /// <summary>Where a section is; -1 when it is gone.</summary>
    public int IndexOf(string? sectionId) => State.IndexOf(sectionId);

    /// <summary>A section as it was last, also when it is gone; null when that is too long ago.</summary>
    public PlanSection? Recall(string sectionId) => _history.All().States.Append(State).Reverse()
        .Select(state => state.Plan?.Sections.ElementAtOrDefault(state.IndexOf(sectionId)))
        .FirstOrDefault(section => section is not null);

    /// <summary>Puts another plan in place of this one: one step that can be taken back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="beside">What stands beside it from now on; null to leave that.</param>
    public void Replace(CompositionPlan plan, BesidePlan? beside = null) => Push(now => PlanSnapshot.Of(plan, beside ?? now.Beside));

    /// <summary>Changes what stands beside the plan. Typing in one of its texts is grouped.</summary>
    public void SetBeside(Func<BesidePlan, BesidePlan> change) => _history.Push(
        now =>
        {
            var beside = change(now.Beside);
            if (now is { Plan: not null, IsUnreadable: true })
            {
                // The title is the plan's, which waits for the text.
                beside = beside with { Title = now.Beside.Title };
            }

            var next = Here(now) with { Beside = beside };
            return beside == now.Beside ? null
                : beside.Title == now.Beside.Title || now.Plan is not { } plan ? (next, beside.TypedSince(now.Beside))
                : (next with { Plan = plan with { Title = beside.Title.Length == 0 ? null : beside.Title }, Text = null }, beside.TypedSince(now.Beside));
        },
        this);

    /// <summary>Looks at a section.</summary>
    public void Select(int index)
    {
        if (Plan is { } plan && index >= 0 && index < plan.Sections.Count && index != Selected)
        {
            lock (_lock)
            {
                _selected = index;
                Take(_history.Amend(now => now with { Selected = Kept(now) }));
            }

            Changed?.Invoke();
        }
    }

    /// <summary>Adds a section after the selected one, in the style of the plan, and selects it.</summary>
    /// <param name="durationMs">Its length, ms.</param>
    public void Add(int durationMs = NewSectionMs) => Push(now =>
    {
        var (plan, at) = (now.Plan ?? new CompositionPlan(), Math.Min(now.Selected + 1, now.SectionIds.Count));
        return now.IsUnreadable || plan.Sections.Count >= PlanLimits.MaxSections ? null : now.Edited(SectionEdits.Add(plan, at, durationMs), at);
    });

    /// <summary>Removes a section.</summary>
    public void Remove(int index) => EditAt(index, (plan, at, selected) =>
        (SectionEdits.Remove(plan, at), Math.Clamp(selected > at ? selected - 1 : selected, 0, Math.Max(0, plan.Sections.Count - 2))));

    /// <summary>Moves a section to another place and selects it.</summary>
    public void Move(int from, int to) => EditAt(from, (plan, at, _) =>
        at == to || to < 0 || to >= plan.Sections.Count ? null : (SectionEdits.Move(plan, at, to), to));

    /// <summary>Sets the title; an empty one is none.</summary>
    public void SetTitle(string title) => SetBeside(beside => beside with { Title = title });

    /// <summary>Takes the text of the JSON view, whatever it is.</summary>
    public void SetJson(string text) => SetJson(text, "json");

    /// <summary>Takes the text of a file, or one that was pasted, in place of the whole plan: one step. A prompt goes to the prompt.</summary>
    public void Import(string text)
    {
        // The JSON view has one kind of line break; places are counted in it.
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (PlanReader.Read(text) is { Composition: PromptComposition prompt } reading)
        {
            SetBeside(beside => beside with { Prompt = prompt.Prompt, Options = reading.Options });
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
    public void DropText() => Push(now => now.IsUnreadable ? now with { Text = null, TextProblems = [] } : null);

    /// <summary>Takes the last edit back.</summary>
    public void Undo() => Revisit(_history.Undo);

    /// <summary>Does the edit again that was taken back last.</summary>
    public void Redo() => Revisit(_history.Redo);

    /// <summary>
    /// An edit of a section on the timeline, with what is around it. It waits while the JSON text is not a plan, so that neither view
    /// overwrites the other.
    /// </summary>
    /// <param name="index">The section.</param>
    /// <param name="edit">Gives the plan, and the section to look at, of the plan as it is by now, the section's place in it and the one that is looked at; null for no edit.</param>
    /// <param name="group">What is being typed in it, or null.</param>
    internal void EditAt(int index, Func<CompositionPlan, int, int, (CompositionPlan Plan, int Selected)?> edit, string? group = null)
    {
        if (SectionIds.ElementAtOrDefault(index) is { } id)
        {
            Push(
                now => now is { Plan: { } plan, IsUnreadable: false } && now.IndexOf(id) is >= 0 and var at && edit(plan, at, now.Selected) is var (next, selected)
                    ? now.Edited(next, selected)
                    : null,
                group is null ? null : $"{group}:{id}");
        }
    }

    /// <summary>An edit of the whole plan; it waits as those of sections do.</summary>
    internal void EditPlan(Func<CompositionPlan, CompositionPlan> change) =>
        Push(now => now is { Plan: { } plan, IsUnreadable: false } && change(plan) is var next && next != plan ? now.Edited(next) : null);

    private static IReadOnlyList<PlanProblem> Check(CompositionPlan? plan) =>
        plan is null ? [] : PlanValidator.Check(plan);

    private void SetJson(string text, string? group)
    {
        if (text == Json)
        {
            return;
        }

        var (plan, problems, reading) = PlanText.Read(text);
        Push(
            now => new PlanSnapshot(
                plan ?? now.Plan, text, problems, now.Selected, plan is null ? now.Beside : now.Beside with { Options = reading.Options, Song = reading.Song ?? now.Beside.Song }, reading.Options)
            {
                // What is taken in as a whole has nothing to do with what was there; what is retyped has.
                SectionIds = group is null && plan is not null ? Studio.SectionIds.New(plan) : Studio.SectionIds.Follow(now.Plan, now.SectionIds, plan ?? now.Plan),
            },
            group);
    }

    private void Push(Func<PlanSnapshot, PlanSnapshot?> edit, string? group = null) =>
        _history.Push(now => edit(Here(now)) is { } next ? (next.Titled, group) : null, this);

    /// <summary>A state, looked at where this page looks.</summary>
    private PlanSnapshot Here(PlanSnapshot state) => state with { Selected = Kept(state) };

    private void Revisit(Func<object?, bool> go)
    {
        _isRevisiting = true;
        go(this);
        _isRevisiting = false;
    }

    private void Show(object? by)
    {
        // Of two that are told at the same moment, the later shows the newer.
        lock (_lock)
        {
            var now = _history.Current;
            IsEditedElsewhere = !ReferenceEquals(by, this);
            IsRevisited = !IsEditedElsewhere && _isRevisiting;
            _selected = IsEditedElsewhere ? Kept(now) : Math.Clamp(now.Selected, 0, Math.Max(0, now.SectionIds.Count - 1));
            Take(now);
        }

        Changed?.Invoke();
    }

    private void Take(PlanSnapshot now)
    {
        if (!ReferenceEquals(_shown.Plan, now.Plan))
        {
            _planProblems = Check(now.Plan);
        }

        _shown = now;
    }

    /// <summary>Where the section is in a state that is looked at here; its place when it is gone.</summary>
    private int Kept(PlanSnapshot state)
    {
        var at = state.IndexOf(SelectedId);
        return at >= 0 ? at : Math.Clamp(_selected, 0, Math.Max(0, state.SectionIds.Count - 1));
    }
}
