using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Something that holds a slot or waits for one.</summary>
internal sealed record SlotEntry(RenderId Id, string Client, int? LengthMs)
{
    /// <summary>Since when it holds a slot; null while it waits.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>When it was heard of last; null when it is known from the catalogue alone.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>
/// Who holds a generator's slots, and who waits. Clients that wait are served in turn, one render each; within a client it is
/// first come, first served. So nobody waits for more than one render of each other client before each of its own.
/// </summary>
internal sealed class SlotLine
{
    /// <summary>After what silence nobody is there to take up a slot. Nodes speak up every few seconds.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<RenderId, SlotEntry> _entries = [];

    /// <summary>The clients that wait, the next in turn first, each with what it waits for.</summary>
    private readonly List<(string Client, List<RenderId> Ids)> _turns = [];

    /// <summary>How many slots there are.</summary>
    public int Capacity { get; set; }

    /// <summary>How many are held.</summary>
    public int Held { get; private set; }

    /// <summary>How many wait.</summary>
    public int Waiting => _entries.Count - Held;

    /// <summary>Everything in it.</summary>
    public IReadOnlyCollection<SlotEntry> Entries => _entries.Values;

    /// <summary>What is known of one, or null.</summary>
    public SlotEntry? Find(RenderId id) => _entries.GetValueOrDefault(id);

    /// <summary>How many of a client wait.</summary>
    public int WaitingOf(string client) => _turns.Find(turn => turn.Client == client).Ids?.Count ?? 0;

    /// <summary>Those that wait, in the order in which they will be served when nobody else comes.</summary>
    public List<SlotEntry> InOrder()
    {
        var order = new List<SlotEntry>(Waiting);
        for (var round = 0; order.Count < Waiting; round++)
        {
            order.AddRange(_turns.Where(turn => turn.Ids.Count > round).Select(turn => _entries[turn.Ids[round]]));
        }

        return order;
    }

    /// <summary>Adds one that holds a slot already or waits behind the others of its client; one that is there stays where it is.</summary>
    public void Add(SlotEntry entry)
    {
        if (!_entries.TryAdd(entry.Id, entry))
        {
            return;
        }

        if (entry.HeldSince is not null)
        {
            Held++;
            return;
        }

        var turn = _turns.Find(turn => turn.Client == entry.Client);
        if (turn.Ids is null)
        {
            _turns.Add(turn = (entry.Client, []));
        }

        turn.Ids.Add(entry.Id);
    }

    /// <summary>Notes that one was heard of.</summary>
    public void Saw(RenderId id, DateTimeOffset now)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            _entries[id] = entry with { SeenAt = now };
        }
    }

    /// <summary>Removes one, wherever it stands. False when it is not there.</summary>
    public bool Remove(RenderId id)
    {
        if (!_entries.Remove(id, out var entry))
        {
            return false;
        }

        if (entry.HeldSince is not null)
        {
            Held--;
        }
        else
        {
            LeaveTurn(_turns.FindIndex(turn => turn.Client == entry.Client), id);
        }

        return true;
    }

    /// <summary>Lets one that waits hold a slot, whoever's turn it is: it was given one before.</summary>
    public void Hold(RenderId id, DateTimeOffset now)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.HeldSince is null)
        {
            LeaveTurn(_turns.FindIndex(turn => turn.Client == entry.Client), id);
            _entries[id] = entry with { HeldSince = now };
            Held++;
        }
    }

    /// <summary>Gives the free slots away, in turn, to those that are there to take them up; others keep their places.</summary>
    /// <param name="now">The time.</param>
    /// <param name="awaitsOthers">True while a free slot waits for the one whose turn it is, should nobody have heard of it yet.</param>
    public void Give(DateTimeOffset now, bool awaitsOthers)
    {
        while (Held < Capacity && Next(now, awaitsOthers) is { } next)
        {
            var turn = _turns.FindIndex(turn => turn.Client == next.Client);
            var served = _turns[turn];
            Hold(next.Id, now);
            if (served.Ids.Count > 0)
            {
                _turns.RemoveAt(turn);
                _turns.Add(served);
            }
        }
    }

    /// <summary>Removes those that are gone: nobody speaks of them, and the catalogue has no unfinished render of them.</summary>
    public void Forget(IReadOnlySet<RenderId> unfinished, DateTimeOffset now)
    {
        foreach (var entry in _entries.Values.Where(entry => !unfinished.Contains(entry.Id) && !IsThere(entry, now)).ToList())
        {
            Remove(entry.Id);
        }
    }

    private static bool IsThere(SlotEntry entry, DateTimeOffset now) => now - entry.SeenAt < GoneAfter;

    private SlotEntry? Next(DateTimeOffset now, bool awaitsOthers)
    {
        foreach (var entry in _turns.SelectMany(turn => turn.Ids).Select(id => _entries[id]))
        {
            if (IsThere(entry, now))
            {
                return entry;
            }

            if (awaitsOthers && entry.SeenAt is null)
            {
                return null;
            }
        }

        return null;
    }

    private void LeaveTurn(int turn, RenderId id)
    {
        _turns[turn].Ids.Remove(id);
        if (_turns[turn].Ids.Count == 0)
        {
            _turns.RemoveAt(turn);
        }
    }
}
