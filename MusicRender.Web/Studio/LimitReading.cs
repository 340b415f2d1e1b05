using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>How near a number is to its limit.</summary>
public enum LimitState
{
    /// <summary>Far from it.</summary>
    Free,

    /// <summary>Nine tenths of it, or more.</summary>
    Near,

    /// <summary>All of it: no more will go in.</summary>
    Full,

    /// <summary>Beyond it: the plan cannot be rendered.</summary>
    Over,
}

/// <summary>A number and its limit.</summary>
/// <param name="Value">The number.</param>
/// <param name="Limit">The most it may be.</param>
public readonly record struct LimitReading(long Value, long Limit)
{
    /// <summary>How near it is.</summary>
    public LimitState State =>
        Value > Limit ? LimitState.Over : Value == Limit ? LimitState.Full : Value * 10 >= Limit * 9 ? LimitState.Near : LimitState.Free;

    /// <summary>The class of its look.</summary>
    public string Look => State switch
    {
        LimitState.Free => "free",
        LimitState.Near => "near",
        LimitState.Full => "full",
        _ => "over",
    };

    /// <summary>The length of a plan, ms.</summary>
    public static LimitReading LengthOf(CompositionPlan plan) => new(plan.DurationMs ?? 0, PlanLimits.MaxTotalMs);

    /// <summary>The number of its sections.</summary>
    public static LimitReading SectionsOf(CompositionPlan plan) => new(plan.Sections.Count, PlanLimits.MaxSections);
}
