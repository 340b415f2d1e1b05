namespace MusicRender.Web.Studio;

/// <summary>How fast the percentages of a render rise, from its own events: what there is to say of the time left.</summary>
/// <param name="From">When the percentage rose first within the generating, or null before.</param>
/// <param name="FromPercent">To what.</param>
/// <param name="At">When it rose last.</param>
/// <param name="AtPercent">To what.</param>
public readonly record struct RenderPace(DateTimeOffset? From, int FromPercent, DateTimeOffset At, int AtPercent)
{
    /// <summary>What the generating ends at; the stages after it take a moment.</summary>
    private const int GeneratedPercent = 70;

    private const int EnoughPercents = 3;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(2);

    /// <summary>The pace after the percentage was told.</summary>
    public RenderPace After(int percent, DateTimeOffset when) =>
        percent <= AtPercent ? this
        : From is null ? new RenderPace(when, percent, when, percent)
        : this with { At = when, AtPercent = percent };

    /// <summary>How long it will still take, at least a second; null while that is not known.</summary>
    public TimeSpan? Left(DateTimeOffset now)
    {
        var (rose, took) = (AtPercent - FromPercent, At - (From ?? At));
        if (rose < EnoughPercents || took < Enough)
        {
            return null;
        }

        var left = (took / rose * Math.Max(0, GeneratedPercent - AtPercent)) - (now - At) + Finishing;
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    /// <summary>A time left as it is told: no finer than it is known.</summary>
    public static TimeSpan Rounded(TimeSpan left) => TimeSpan.FromSeconds(left.TotalSeconds switch
    {
        <= 10 => Math.Ceiling(left.TotalSeconds),
        <= 60 => 5 * Math.Ceiling(left.TotalSeconds / 5),
        <= 180 => 10 * Math.Ceiling(left.TotalSeconds / 10),
        _ => 60 * Math.Ceiling(left.TotalSeconds / 60),
    });
}
