using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Rendering;

/// <summary>How long a generator's renders took lately: medians, so that one odd render says nothing.</summary>
/// <param name="PerSecond">Seconds that a second of music takes; null when no length is known.</param>
/// <param name="Typical">What a render takes.</param>
internal readonly record struct MeasuredPace(double? PerSecond, TimeSpan Typical)
{
    /// <summary>What one of a length takes.</summary>
    /// <param name="lengthMs">The length asked for, ms, or null.</param>
    public TimeSpan For(int? lengthMs) => lengthMs is { } length && PerSecond is { } ratio ? TimeSpan.FromMilliseconds(length * ratio) : Typical;

    /// <summary>The pace of renders; null of none.</summary>
    public static MeasuredPace? Of(IReadOnlyCollection<MeasuredRender> renders) => renders.Count == 0
        ? null
        : new MeasuredPace(
            Median([.. renders.Where(render => render.LengthMs > 0).Select(render => render.Took.TotalMilliseconds / render.LengthMs!.Value)]),
            TimeSpan.FromMilliseconds(Median([.. renders.Select(render => render.Took.TotalMilliseconds)])!.Value));

    private static double? Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length == 0 ? null : values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

/// <summary>A render that succeeded.</summary>
/// <param name="LengthMs">The length asked for, ms, or null.</param>
/// <param name="Took">From its beginning to its end.</param>
internal readonly record struct MeasuredRender(int? LengthMs, TimeSpan Took);

/// <summary>What the last renders of each generator took, from the catalogue and from this process.</summary>
internal sealed partial class RenderHistory(QueueRecords records, TimeProvider time, ILogger<RenderHistory> logger)
{
    /// <summary>How many count.</summary>
    public const int Kept = 25;

    /// <summary>How often the catalogue is asked: others may render too.</summary>
    private static readonly TimeSpan AskedEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Measured> _measured = new(StringComparer.Ordinal);

    /// <summary>The pace of a generator as far as it is known now.</summary>
    public MeasuredPace? Of(string generator) => _measured.GetValueOrDefault(generator)?.Pace;

    /// <summary>The pace of a generator, asked of the catalogue when that was not done lately.</summary>
    public async Task<MeasuredPace?> LookUpAsync(string generator, CancellationToken ct)
    {
        if (_measured.GetValueOrDefault(generator) is { } known && time.GetElapsedTime(known.AskedAt) < AskedEvery)
        {
            return known.Pace;
        }

        try
        {
            var renders = await records.HistoryAsync(generator, Kept, ct);
            _measured[generator] = new Measured(renders, MeasuredPace.Of(renders), time.GetTimestamp());
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            // How long it takes is nice to know, no more.
            Log.NotLookedUp(logger, generator, exception);
        }

        return Of(generator);
    }

    /// <summary>Notes a render that has just succeeded.</summary>
    public void Add(string generator, int? lengthMs, TimeSpan took)
    {
        if (_measured.GetValueOrDefault(generator) is { } known)
        {
            IReadOnlyList<MeasuredRender> renders = [new MeasuredRender(lengthMs, took), .. known.Renders.Take(Kept - 1)];
            _measured[generator] = known with { Renders = renders, Pace = MeasuredPace.Of(renders) };
        }
    }

    /// <summary>The newest renders first, what follows from them, and when the catalogue was asked.</summary>
    private sealed record Measured(IReadOnlyList<MeasuredRender> Renders, MeasuredPace? Pace, long AskedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "How long renders of {Generator} take could not be looked up.")]
        public static partial void NotLookedUp(ILogger logger, string generator, Exception exception);
    }
}
