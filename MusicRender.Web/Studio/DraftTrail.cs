using System.Runtime.CompilerServices;
using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>What undo and redo of a draft go to, and which of it the database does not have yet.</summary>
internal sealed class DraftTrail
{
    /// <summary>The most that the database keeps of a draft beside the draft itself, characters: far more than a hundred edits of a usual plan.</summary>
    public const int MostKept = 8_000_000;

    private readonly ConditionalWeakTable<PlanSnapshot, StrongBox<int>> _weights = [];
    private Dictionary<long, PlanSnapshot> _kept;
    private Dictionary<long, PlanSnapshot> _written = [];

    /// <summary>Goes on where a draft was left.</summary>
    public DraftTrail(Draft draft, IReadOnlyList<DraftStep> steps, TimeProvider time)
    {
        (var states, var first, _kept) = Read(draft, steps);
        History = new EditHistory<PlanSnapshot>(states, first, draft.Step, time);
    }

    /// <summary>The states.</summary>
    public EditHistory<PlanSnapshot> History { get; }

    /// <summary>Goes on from what was saved on another node. What was edited here and is not saved yet becomes one step after that.</summary>
    public void TakeUp(Draft saved, IReadOnlyList<DraftStep> steps, PlanSnapshot? later)
    {
        (var states, var first, _kept) = Read(saved, steps);
        if (later is null)
        {
            History.Replace(states, first, saved.Step);
        }
        else
        {
            // The state that counted there has become a step, which the database does not have yet.
            History.Replace([.. states.Take((int)(saved.Step - first) + 1), later], first, saved.Step + 1);
        }
    }

    private static (List<PlanSnapshot> States, long First, Dictionary<long, PlanSnapshot> Kept) Read(Draft draft, IReadOnlyList<DraftStep> steps)
    {
        // Only what follows number by number can be gone to.
        var kept = steps.ToDictionary(step => step.Number, step => step.Contents);
        var (first, last) = (draft.Step, draft.Step);
        while (kept.ContainsKey(first - 1) && draft.Step - first < EditHistory<PlanSnapshot>.Depth)
        {
            first--;
        }

        while (kept.ContainsKey(last + 1))
        {
            last++;
        }

        var (states, known) = (new List<PlanSnapshot>(), new Dictionary<long, PlanSnapshot>());
        for (var number = first; number <= last; number++)
        {
            var state = PlanSnapshot.Of(number == draft.Step ? draft : kept[number] with { Step = number });
            states.Add(state);
            if (number != draft.Step)
            {
                known[number] = state;
            }
        }

        return (states, first, known);
    }

    /// <summary>
    /// What is to be written for the database to have the steps, as far as there is room: those next to the state that counts, undo
    /// before redo. That state is the draft itself.
    /// </summary>
    public StepChanges Changes()
    {
        var (states, oldest, at) = History.All();
        var (first, last, room) = (at, at, (long)MostKept);
        while (first > oldest && Fits(first - 1))
        {
            first--;
        }

        while (last < oldest + states.Count - 1 && Fits(last + 1))
        {
            last++;
        }

        _written = states.Index()
            .Select(state => KeyValuePair.Create(oldest + state.Index, state.Item))
            .Where(state => state.Key >= first && state.Key <= last && state.Key != at && !ReferenceEquals(_kept.GetValueOrDefault(state.Key), state.Value))
            .ToDictionary();
        return new StepChanges(first, last, [.. _written.Select(state => new DraftStep(state.Key, state.Value.In(new Draft { Id = "" })))]);

        bool Fits(long number) => (room -= _weights.GetValue(states[(int)(number - oldest)], state => new StrongBox<int>(state.Weight)).Value) >= 0;
    }

    /// <summary>The database has them.</summary>
    public void Keep(StepChanges changes)
    {
        foreach (var (number, state) in _written)
        {
            _kept[number] = state;
        }

        foreach (var number in _kept.Keys.Where(number => number < changes.First || number > changes.Last).ToArray())
        {
            _kept.Remove(number);
        }
    }
}
