using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>When slots come free and who gets them, from how long renders took lately.</summary>
internal sealed class LineForecast
{
    /// <summary>What is said to those who find no room while nothing is measured.</summary>
    private static readonly TimeSpan Unmeasured = TimeSpan.FromSeconds(30);

    private readonly Dictionary<RenderId, QueuePlace> _places = [];
    private readonly Dictionary<string, TimeSpan> _firstOf = new(StringComparer.Ordinal);
    private readonly TimeSpan? _firstFree;

    /// <summary>Looks ahead.</summary>
    /// <param name="line">Who holds and who waits.</param>
    /// <param name="pace">How long renders take, or null while that is not known.</param>
    /// <param name="now">The time.</param>
    public LineForecast(SlotLine line, MeasuredPace? pace, DateTimeOffset now)
    {
        var free = new PriorityQueue<TimeSpan, TimeSpan>();
        if (pace is { } measured)
        {
            foreach (var holder in line.Entries.Where(entry => entry.HeldSince is not null))
            {
                var left = measured.For(holder.LengthMs) - (now - holder.HeldSince!.Value);
                free.Enqueue(left > TimeSpan.Zero ? left : TimeSpan.Zero, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }

            for (var i = line.Held; i < line.Capacity; i++)
            {
                free.Enqueue(TimeSpan.Zero, TimeSpan.Zero);
            }

            _firstFree = free.Count > 0 ? free.Peek() : null;
        }

        foreach (var entry in line.InOrder())
        {
            int? eta = null;
            if (pace is { } known && free.Count > 0)
            {
                var begins = free.Dequeue();
                var ends = begins + known.For(entry.LengthMs);
                free.Enqueue(ends, ends);
                _firstOf.TryAdd(entry.Client, begins);
                eta = Seconds(ends);
            }

            _places.Add(entry.Id, new QueuePlace(_places.Count + 1, eta));
        }
    }

    /// <summary>The place of one that waits, or null.</summary>
    public QueuePlace? PlaceOf(RenderId id) => _places.TryGetValue(id, out var place) ? place : null;

    /// <summary>Seconds until one less will wait: of all, or of one client.</summary>
    public int RoomIn(string? client) =>
        Seconds(client is null ? _firstFree ?? Unmeasured : _firstOf.TryGetValue(client, out var begins) ? begins : Unmeasured);

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(Math.Min(time.TotalSeconds, int.MaxValue)));
}
