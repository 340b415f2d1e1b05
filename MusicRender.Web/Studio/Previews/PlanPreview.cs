using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio.Previews;

/// <summary>What an editor's page knows of its previews: where they are, whether there is something to hear, and how new it is.</summary>
public sealed class PlanPreview : IAsyncDisposable
{
    private readonly ComposeSession _session;
    private readonly PreviewPass _pass;
    private (CompositionPlan? Plan, int Seed) _counted;
    private (CompositionPlan? Plan, int Seed) _kept;
    private int _version;

    /// <summary>Opens the editor's previews.</summary>
    /// <param name="session">The draft.</param>
    /// <param name="desk">Where previews are heard.</param>
    /// <param name="inTurn">Runs a reading of the plan after the edits that came before it.</param>
    public PlanPreview(ComposeSession session, PreviewDesk desk, Func<Func<PreviewSource?>, Task<PreviewSource?>> inTurn)
    {
        _session = session;
        _pass = desk.Open(() => inTurn(Read));
        _pass.Changed += Tell;
    }

    /// <summary>Raised when a preview began or could not be played; on any thread.</summary>
    public event Action? Changed;

    /// <summary>Where the previews are.</summary>
    public string Address => _pass.Address;

    /// <summary>Another number whenever the plan sounds otherwise than when it was asked before: what was heard then is out of date.</summary>
    public int Version
    {
        get
        {
            var now = (_session.Plan.Plan, SeedOf(_session.Draft));
            if (!ReferenceEquals(now.Plan, _counted.Plan) || now.Item2 != _counted.Seed)
            {
                (_counted, _version) = (now, _version + 1);
            }

            return _version;
        }
    }

    /// <summary>Why the newest preview could not be played, or null.</summary>
    public string? Trouble => _pass.Trouble;

    /// <summary>True when the plan can be played as it stands.</summary>
    public bool CanPlay => _session.Plan is { Plan.Sections.Count: > 0, IsUnreadable: false, Problems.Count: 0 };

    /// <summary>A seed that was heard and that the draft does not name: a render would choose another. Else null.</summary>
    public int? UnkeptSeed => _session.Draft.Seed is null ? _pass.HeardSeed : null;

    /// <summary>True when the seed that was heard was kept, and nothing has been changed since: a render by Sketch sounds the same.</summary>
    public bool IsSoundKept => _kept.Plan is not null && ReferenceEquals(_kept.Plan, _session.Plan.Plan) && _kept.Seed == _session.Draft.Seed;

    /// <summary>Gives the draft the seed that was heard, so that its render sounds the same.</summary>
    public void KeepSeed()
    {
        if (UnkeptSeed is { } seed)
        {
            _session.Update(draft => draft with { Seed = seed });
            _kept = (_session.Plan.Plan, seed);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _pass.Changed -= Tell;
        await _pass.DisposeAsync();
    }

    /// <summary>The seed of a draft that names none: always the same, so that only edits change what is heard.</summary>
    internal static int SeedOf(Draft draft) =>
        draft.Seed ?? (int)(draft.Id.Aggregate(2_166_136_261u, (hash, c) => (hash ^ c) * 16_777_619) & PlanLimits.MaxSeed);

    private PreviewSource? Read() => CanPlay ? new PreviewSource(_session.Plan.Plan!, SeedOf(_session.Draft)) : null;

    private void Tell() => Changed?.Invoke();
}
