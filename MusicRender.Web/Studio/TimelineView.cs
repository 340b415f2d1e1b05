using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>How the timeline is looked at, one for each visit: bars and whether lengths keep to them, syllables, and what is said to screen readers.</summary>
public sealed class TimelineView : IDisposable
{
    /// <summary>What is to be said waits for this long after the last change, so that a held key says one thing.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What a key adds to a length that does not keep to bars, ms.</summary>
    public const int FreeStepMs = 500;

    private readonly ITimer _timer;
    private readonly LyricSyllables _syllables = new();
    private CompositionPlan? _plan;
    private PlanMusic? _music;
    private (string? Generator, CompositionPlan? Plan, string? ModelId) _remarked;
    private IReadOnlyList<PlanRemark> _remarks = [];
    private string _next = "";

    /// <summary>Begins with nothing said.</summary>
    public TimelineView(TimeProvider time) => _timer = time.CreateTimer(_ => Speak(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Raised when there is something to say; on any thread.</summary>
    public event Action? Said;

    /// <summary>True when lengths keep to bars.</summary>
    public bool Snaps { get; set; } = true;

    /// <summary>What was said last.</summary>
    public string Words { get; private set; } = "";

    /// <summary>The plan's bars and genre. Cheap while only names and lyrics change.</summary>
    public PlanMusic MusicOf(CompositionPlan plan)
    {
        if (_music is null || _plan is null || !SoundsTheSame(plan, _plan))
        {
            _music = PlanMusic.Of(plan);
        }

        _plan = plan;
        return _music;
    }

    /// <summary>Counts a line of the plan's lyrics.</summary>
    public Func<string, int> SyllablesOf(CompositionPlan plan)
    {
        _syllables.Follow(plan);
        return _syllables.Count;
    }

    /// <summary>What the chosen generator will not play quite as the plan says.</summary>
    /// <param name="jobs">The generators.</param>
    /// <param name="generator">The generator that is wanted, or null for the default.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="modelId">The model that is wanted, or null.</param>
    public IReadOnlyList<PlanRemark> RemarksOn(IRenderJobs jobs, string? generator, CompositionPlan plan, string? modelId)
    {
        var chosen = jobs.Find(generator)?.Name;
        if (chosen != _remarked.Generator || !ReferenceEquals(plan, _remarked.Plan) || modelId != _remarked.ModelId)
        {
            _remarked = (chosen, plan, modelId);
            _remarks = chosen is null ? [] : jobs.RemarksOn(chosen, plan, modelId);
        }

        return _remarks;
    }

    /// <summary>A length as somebody dragged it, ms: at a bar when lengths keep to bars, and within the limits.</summary>
    public int Fitted(CompositionPlan plan, double lengthMs)
    {
        var unit = Snaps ? MusicOf(plan).BarMs : FreeStepMs;
        return Whole(Math.Round(lengthMs / unit), unit);
    }

    /// <summary>The next length of whole bars, or of half seconds where lengths do not keep to bars, ms.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="lengthMs">The length as it is.</param>
    /// <param name="steps">How many bars more, or fewer when negative.</param>
    public int Longer(CompositionPlan plan, int lengthMs, int steps) => Stepped(lengthMs, steps, Snaps ? MusicOf(plan).BarMs : FreeStepMs);

    /// <summary>The next length of whole beats, or of tenths of a second where lengths do not keep to bars, ms.</summary>
    public int LongerByBeats(CompositionPlan plan, int lengthMs, int steps) => Stepped(lengthMs, steps, Snaps ? MusicOf(plan).BeatMs : 100);

    /// <summary>Says something soon; what was about to be said is dropped.</summary>
    public void Say(string words)
    {
        _next = words;
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static bool SoundsTheSame(CompositionPlan plan, CompositionPlan other) =>
        ReferenceEquals(plan.PositiveGlobalStyles, other.PositiveGlobalStyles)
        && ReferenceEquals(plan.NegativeGlobalStyles, other.NegativeGlobalStyles)
        && plan.Sections.Count == other.Sections.Count
        && plan.Sections.Zip(other.Sections).All(pair => SoundsTheSame(pair.First, pair.Second));

    private static bool SoundsTheSame(PlanSection section, PlanSection other) =>
        section.DurationMs == other.DurationMs
        && ReferenceEquals(section.PositiveLocalStyles, other.PositiveLocalStyles)
        && ReferenceEquals(section.NegativeLocalStyles, other.NegativeLocalStyles);

    // A thousandth of a unit off is still on it: lengths are whole milliseconds, bars are not.
    private static int Stepped(int lengthMs, int steps, double unit)
    {
        var units = lengthMs / unit;
        return Whole((steps > 0 ? Math.Floor(units + 0.001) : Math.Ceiling(units - 0.001)) + steps, unit);
    }

    private static int Whole(double units, double unit) =>
        (int)Math.Round(Math.Clamp(units, Math.Ceiling(PlanLimits.MinSectionMs / unit), Math.Floor(PlanLimits.MaxSectionMs / unit)) * unit);

    private void Speak()
    {
        // The same words twice are two things said: a mark that nobody reads makes them differ.
        Words = _next == Words ? $"{_next}\u200b" : _next;
        Said?.Invoke();
    }
}
