using CsCheck;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Generators.ElevenLabs;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public sealed class SlotLineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Who comes (a client's letter) and when a slot is given back (a dot).</summary>
    private static readonly Gen<string> Days = Any.Of("a", "b", "c", "d", ".", ".", ".").Array[0, 80].Select(steps => string.Concat(steps));

    [Fact]
    public void Clients_ThatWait_AreServedInTurn()
    {
        var day = new Day(capacity: 1).Run("aaaaabbc");
        Assert.Equal(["a1", "a2", "b1", "c1", "a3", "b2", "a4", "a5"], [.. day.Served, .. day.Order()]);
        Assert.Equal(["a1", "a2", "b1", "c1", "a3", "b2", "a4", "a5"], day.Run("........").Served);
    }

    [Fact]
    public void Client_ThatComesAgain_WaitsBehindThoseWhoWaitAlready()
    {
        var day = new Day(capacity: 1).Run("abb.a.a");
        Assert.Equal(["a1", "b1", "b2"], day.Served);
        Assert.Equal(["a2", "a3"], day.Order());
    }

    [Fact]
    public void Nobody_WaitsForMoreThanOneRenderOfEachOther_BeforeEachOfItsOwn() => Gen.Select(Days, Gen.Int[1, 3]).Sample((steps, capacity) =>
    {
        var day = new Day(capacity);
        foreach (var step in steps)
        {
            day.Run($"{step}");
            foreach (var (name, others) in day.OthersServedSince)
            {
                var ownInFront = day.OwnInFront[name];
                Assert.All(others, other => Assert.True(other.Value <= ownInFront + 1, $"{name} waited for {other.Value} of {other.Key} with {ownInFront} of its own in front: {steps}"));
            }
        }
    });

    [Fact]
    public void Client_IsServedInTheOrderInWhichItCame() => Gen.Select(Days, Gen.Int[1, 3]).Sample((steps, capacity) =>
    {
        var day = new Day(capacity).Run(steps);
        foreach (var client in day.Served.GroupBy(name => name[0]))
        {
            Assert.Equal(client.Select(NumberOf).Order(), client.Select(NumberOf));
        }
    });

    [Fact]
    public void Slots_AreNeverMoreThanThereAre_NorFreeWhileSomebodyWaits() => Gen.Select(Days, Gen.Int[1, 3]).Sample((steps, capacity) =>
    {
        var day = new Day(capacity);
        foreach (var step in steps)
        {
            day.Run($"{step}");
            Assert.True(day.Line.Held <= capacity);
            Assert.True(day.Line.Held == capacity || day.Line.Waiting == 0);
        }
    });

    [Fact]
    public void Order_IsWhatComesTrue_WhenNobodyElseComes() => Gen.Select(Days, Gen.Int[1, 3]).Sample((steps, capacity) =>
    {
        var day = new Day(capacity).Run(steps);
        var (before, foreseen) = (day.Served.Count, day.Order());
        day.Run(new string('.', foreseen.Count + capacity));
        Assert.Equal(foreseen, day.Served.Skip(before));
    });

    [Fact]
    public void Order_IsTheSame_WhoeverLeavesTheLine() => Gen.Select(Days, Gen.Int[0, 100]).Sample((steps, pick) =>
    {
        var day = new Day(capacity: 1).Run(steps);
        if (day.Order() is not { Count: > 0 } order)
        {
            return;
        }

        var gone = order[pick % order.Count];
        day.Leave(gone);
        foreach (var client in order.Where(name => name != gone).GroupBy(name => name[0]))
        {
            Assert.Equal(client, day.Order().Where(name => name[0] == client.Key));
        }

        Assert.Equal(order.Count - 1, day.Line.Waiting);
    });

    [Fact]
    public void One_ThatNobodyHasHeardOf_KeepsItsPlaceWhileOthersPass()
    {
        var line = new SlotLine { Capacity = 1 };
        line.Add(Entry(1, "a", seen: false));
        line.Add(Entry(2, "b"));
        line.Give(Noon, awaitsOthers: true);
        Assert.Equal((0, 2), (line.Held, line.Waiting));
        line.Give(Noon, awaitsOthers: false);
        Assert.NotNull(line.Find(IdOf(2))!.HeldSince);
        line.Saw(IdOf(1), Noon);
        line.Add(Entry(3, "b"));
        Assert.Equal(IdOf(1), line.InOrder()[0].Id);
        line.Remove(IdOf(2));
        line.Give(Noon, awaitsOthers: false);
        Assert.NotNull(line.Find(IdOf(1))!.HeldSince);
    }

    [Fact]
    public void Forget_RemovesThoseOfWhomNobodySpeaks_AndWhoseRendersHaveEnded()
    {
        var line = new SlotLine { Capacity = 2 };
        foreach (var number in new[] { 1, 2, 3, 4 })
        {
            line.Add(Entry(number, "a"));
        }

        line.Give(Noon, awaitsOthers: false);
        line.Saw(IdOf(2), Noon + TimeSpan.FromSeconds(20));
        line.Forget(new HashSet<RenderId> { IdOf(1) }, Noon + SlotLine.GoneAfter);
        // 1 is unfinished, 2 was heard of; 3 and 4 are gone.
        Assert.Equal([IdOf(1), IdOf(2)], line.Entries.Select(entry => entry.Id).Order(Comparer<RenderId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value))));
        Assert.Equal((2, 0), (line.Held, line.Waiting));
    }

    [Fact]
    public void Hold_OfOneThatWasGivenASlotBefore_ChangesNobodyElse()
    {
        var line = new SlotLine { Capacity = 1 };
        line.Add(Entry(1, "a"));
        line.Add(Entry(2, "a"));
        line.Add(Entry(3, "b"));
        line.Hold(IdOf(2), Noon);
        line.Hold(IdOf(2), Noon);
        Assert.Equal(1, line.Held);
        Assert.Equal([IdOf(1), IdOf(3)], line.InOrder().Select(entry => entry.Id));
        Assert.Equal((1, 1), (line.WaitingOf("a"), line.WaitingOf("b")));
    }

    private static int NumberOf(string name) => int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static RenderId IdOf(int number) => new($"{number:x32}");

    private static SlotEntry Entry(int number, string client, bool seen = true) => new(IdOf(number), client, null) { SeenAt = seen ? Noon : null };

    /// <summary>A line and what happened in it, with renders by names such as "a1": the first of client a.</summary>
    private sealed class Day
    {
        private readonly Dictionary<RenderId, string> _names = [];
        private readonly Dictionary<char, int> _counts = [];
        private readonly List<RenderId> _held = [];

        public Day(int capacity) => Line.Capacity = capacity;

        public SlotLine Line { get; } = new();

        public List<string> Served { get; } = [];

        /// <summary>Of each that waits: how many of each other client were served since it came.</summary>
        public Dictionary<string, Dictionary<char, int>> OthersServedSince { get; } = [];

        /// <summary>Of each that came: how many of its own client were in front of it then.</summary>
        public Dictionary<string, int> OwnInFront { get; } = [];

        public List<string> Order() => [.. Line.InOrder().Select(entry => _names[entry.Id])];

        public Day Run(string steps)
        {
            foreach (var step in steps)
            {
                if (step == '.')
                {
                    if (_held.Count > 0)
                    {
                        Line.Remove(_held[0]);
                        _held.RemoveAt(0);
                    }
                }
                else
                {
                    Come(step);
                }

                Line.Give(Noon, awaitsOthers: false);
                Note();
            }

            return this;
        }

        public void Leave(string name) => Line.Remove(_names.Single(entry => entry.Value == name).Key);

        private void Come(char client)
        {
            _counts[client] = _counts.GetValueOrDefault(client) + 1;
            var (name, id) = ($"{client}{_counts[client]}", IdOf(_names.Count + 1));
            OwnInFront[name] = Line.WaitingOf($"{client}");
            OthersServedSince[name] = [];
            _names.Add(id, name);
            Line.Add(new SlotEntry(id, $"{client}", null) { SeenAt = Noon });
        }

        private void Note()
        {
            foreach (var entry in Line.Entries.Where(entry => entry.HeldSince is not null && !_held.Contains(entry.Id)).ToList())
            {
                var name = _names[entry.Id];
                _held.Add(entry.Id);
                Served.Add(name);
                OthersServedSince.Remove(name);
                foreach (var (waiting, others) in OthersServedSince.Where(one => one.Key[0] != name[0]))
                {
                    others[name[0]] = others.GetValueOrDefault(name[0]) + 1;
                }
            }
        }
    }
}
