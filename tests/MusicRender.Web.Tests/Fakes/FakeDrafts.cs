using MusicRender.Engine.Library;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Drafts in memory.</summary>
internal sealed class FakeDrafts : IDrafts
{
    public Dictionary<string, Draft> Kept { get; } = [];

    public List<Draft> Saves { get; } = [];

    public SortedDictionary<(string Draft, long Number), Draft> Steps { get; } = [];

    /// <summary>Runs before a save; it may throw.</summary>
    public Func<Draft, Task> OnSave { get; set; } = _ => Task.CompletedTask;

    public Task<Draft> CreateAsync(Draft contents, CancellationToken ct)
    {
        var draft = contents with { Id = $"draft{Kept.Count + 1}", Version = 1 };
        Kept[draft.Id] = draft;
        return Task.FromResult(draft);
    }

    public Task<Draft?> FindAsync(string id, CancellationToken ct) => Task.FromResult(Kept.GetValueOrDefault(id));

    public Task<IReadOnlyList<DraftStep>> StepsAsync(string id, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DraftStep>>([.. Steps.Where(step => step.Key.Draft == id).Select(step => new DraftStep(step.Key.Number, step.Value))]);

    public async Task<Draft> SaveAsync(Draft draft, StepChanges? steps, CancellationToken ct)
    {
        await OnSave(draft);
        if (steps is not null)
        {
            foreach (var gone in Steps.Keys.Where(step => step.Draft == draft.Id && (step.Number < steps.First || step.Number > steps.Last)).ToList())
            {
                Steps.Remove(gone);
            }

            foreach (var step in steps.Written)
            {
                Steps[(draft.Id, step.Number)] = step.Contents;
            }
        }

        var saved = draft with { Version = draft.Version + 1 };
        Kept[draft.Id] = saved;
        Saves.Add(saved);
        return saved;
    }

    public async Task<Draft?> SaveOverAsync(Draft draft, StepChanges? steps, CancellationToken ct) =>
        Kept.TryGetValue(draft.Id, out var kept) && kept.Version > draft.Version ? null : await SaveAsync(draft, steps, ct);

    public Task<IReadOnlyList<Draft>> RecentAsync(int count, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Draft>>([.. Kept.Values.Take(count)]);

    public Task<int> ForgetStepsAsync(DateTimeOffset before, int newest, CancellationToken ct) => Task.FromResult(0);

    public Task DeleteAsync(string id, CancellationToken ct)
    {
        Kept.Remove(id);
        return Task.CompletedTask;
    }
}
