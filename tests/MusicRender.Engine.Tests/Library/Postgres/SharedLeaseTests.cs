using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Library.Postgres;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>Leases by a clock of the test's, on a table that can be away.</summary>
public sealed class SharedLeaseTests : IAsyncLifetime
{
    private readonly TwoClocks _time = new();
    private readonly FakeTable _table;
    private readonly SharedLease _one;
    private readonly SharedLease _two;

    public SharedLeaseTests()
    {
        _table = new FakeTable(_time);
        _one = Lease();
        _two = Lease();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Outside of the test's own context, so that what is due runs while the clock moves on.
        await Task.Run(async () =>
        {
            await _one.StartAsync(Ct);
            await _two.StartAsync(Ct);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Lease_ThatIsRenewed_IsHeldForEver()
    {
        await PassAsync(600);
        Assert.True(_one.IsHeld);
        Assert.Equal(0, _one.Lapses);
        Assert.True(_one.HeldAsync(Ct).AsTask().IsCompletedSuccessfully);
        Assert.InRange(_table.Renewals, 2 * 118, 2 * 122);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lease_WhoseTableIsAway_LapsesAfterThirtySecondsAndIsTakenAnew(bool isNameGone)
    {
        await PassAsync(60);
        _table.Trouble = isNameGone ? new SocketException((int)SocketError.HostNotFound) : new NpgsqlException("away");
        _table.IsAway = true;
        // The last renewal may have been up to five seconds ago.
        await PassAsync(24);
        Assert.True(_one.IsHeld);
        await PassAsync(7);
        Assert.False(_one.IsHeld);
        var held = _one.HeldAsync(Ct).AsTask();
        Assert.False(held.IsCompleted);

        _table.IsAway = false;
        await PassAsync(2);
        await held.WaitAsync(Until.Limit, Ct);
        Assert.True(_one.IsHeld);
        Assert.Equal(1, _one.Lapses);
    }

    [Fact]
    public async Task Lease_CountsFromBeforeTheRenewalWasSent()
    {
        await PassAsync(60);
        // Sent at 65 s, answered at 85 s, held to 95 s; the next is sent at 90 s and answered at 110 s.
        _table.AnswersAfter = TimeSpan.FromSeconds(20);
        await PassAsync(33);
        Assert.True(_one.IsHeld);
        await PassAsync(5);
        Assert.False(_one.IsHeld);
        await PassAsync(14);
        Assert.True(_one.IsHeld);
    }

    [Fact]
    public async Task Node_ThatIsKilled_IsMissedWhenItsLeaseHasRunOut()
    {
        await PassAsync(60);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
        await _two.DisposeAsync();
        await PassAsync(20);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
        await PassAsync(12);
        Assert.Equal([_one.NodeId], await _one.AliveAsync(Ct));
    }

    [Fact]
    public async Task Node_ThatStops_GivesItsLeaseBackAtOnce()
    {
        await PassAsync(60);
        await _two.StopAsync(Ct);
        Assert.False(_two.IsHeld);
        Assert.Equal([_one.NodeId], await _one.AliveAsync(Ct));
        await PassAsync(60);
        Assert.Equal([_one.NodeId], await _one.AliveAsync(Ct));
    }

    [Fact]
    public async Task Node_ThatJustStarted_JudgesNobodyForOneLease()
    {
        await PassAsync(29);
        Assert.Null(await _one.AliveAsync(Ct));
        await PassAsync(2);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(28)]
    [InlineData(60)]
    public async Task Table_ThatWasAway_KillsNobody(int seconds)
    {
        await PassAsync(60);
        _table.IsAway = true;
        await PassAsync(seconds);
        Assert.Null(await _one.AliveAsync(Ct));
        _table.IsAway = false;
        for (var second = 0; second < 29; second++)
        {
            Assert.Null(await _one.AliveAsync(Ct));
            await PassAsync(1);
        }

        await PassAsync(4);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task Clock_OfTheTableThatIsSet_KillsNobody(int seconds)
    {
        await PassAsync(60);
        _table.Clock = TimeSpan.FromSeconds(seconds);
        for (var second = 0; second < 34; second++)
        {
            Assert.Contains(_two.NodeId, await _one.AliveAsync(Ct) ?? Both);
            await PassAsync(1);
        }

        await PassAsync(4);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
        // By the table's clock both had run out when it was set forwards: whoever runs something asks whether it is still his.
        Assert.Equal(seconds > 0 ? (1, 1) : (0, 0), (_one.Lapses, _two.Lapses));
    }

    [Fact]
    public async Task Machine_ThatWasSuspended_KnowsThatItsLeaseHasRunOut()
    {
        await PassAsync(60);
        // The clock that only goes forward stands still meanwhile; those of the wall and of the table do not.
        _time.Wall = _table.Clock = TimeSpan.FromMinutes(40);
        Assert.False(_one.IsHeld);
        Assert.False(_one.HeldAsync(Ct).AsTask().IsCompleted);
        Assert.Null(await _one.AliveAsync(Ct));
        await PassAsync(5);
        Assert.True(_one.IsHeld);
        Assert.Equal(1, _one.Lapses);
        for (var second = 0; second < 25; second++)
        {
            Assert.Null(await _one.AliveAsync(Ct));
            await PassAsync(1);
        }

        await PassAsync(10);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
    }

    [Fact]
    public async Task Machine_ThatWasSuspendedAndWhoseWallClockWasSetBack_HearsOfItFromTheTable()
    {
        await PassAsync(60);
        _table.Clock = TimeSpan.FromMinutes(40);
        await PassAsync(5);
        Assert.Equal(1, _one.Lapses);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task WallClock_OfANodeThatIsSet_LosesNothingAndKillsNobody(int hours)
    {
        await PassAsync(60);
        _time.Wall = TimeSpan.FromHours(hours);
        // Forwards it may have been a suspended machine: that is asked, never assumed.
        Assert.Equal(hours < 0, _one.IsHeld);
        for (var second = 0; second < 40; second++)
        {
            Assert.Contains(_two.NodeId, await _one.AliveAsync(Ct) ?? Both);
            await PassAsync(1);
        }

        Assert.True(_one.IsHeld);
        Assert.Equal(hours > 0 ? 1 : 0, _one.Lapses);
        Assert.Equal(Both, await _one.AliveAsync(Ct));
        // And it lapses as ever.
        _table.IsAway = true;
        await PassAsync(31);
        Assert.False(_one.IsHeld);
    }

    [Fact]
    public async Task Node_ThatDiedBeforeTheTablesClockWasSetBack_IsMissedAllTheSame()
    {
        await PassAsync(60);
        await _two.DisposeAsync();
        _table.Clock = TimeSpan.FromHours(-5);
        await PassAsync(45);
        Assert.Equal([_one.NodeId], await _one.AliveAsync(Ct));
    }

    private HashSet<string> Both => [_one.NodeId, _two.NodeId];

    private SharedLease Lease() => new(_table, _time, new CapturedLog<SharedLease>());

    /// <summary>Second by second; what is due runs before the next.</summary>
    private Task PassAsync(int seconds) => Task.Run(
        () =>
        {
            for (var second = 0; second < seconds; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        },
        Ct);

    /// <summary>A wall clock that can be set; the clock that only goes forward does not mind.</summary>
    private sealed class TwoClocks() : FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56))
    {
        public TimeSpan Wall { get; set; }

        public DateTimeOffset True => base.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Wall;
    }

    private sealed class FakeTable(TwoClocks time) : ILeaseTable
    {
        private readonly Dictionary<string, long> _until = [];

        public bool IsAway { get; set; }

        public Exception Trouble { get; set; } = new NpgsqlException("away");

        public TimeSpan AnswersAfter { get; set; }

        public TimeSpan Clock { get; set; }

        public int Renewals { get; private set; }

        private long Now => IsAway ? throw Trouble : (time.True + Clock).ToUnixTimeMilliseconds();

        public async Task<long> RenewAsync(string node, TimeSpan lease, CancellationToken ct)
        {
            var now = Now;
            lock (_until)
            {
                Renewals++;
                _until[node] = now + (long)lease.TotalMilliseconds;
            }

            if (AnswersAfter > TimeSpan.Zero)
            {
                await Task.Delay(AnswersAfter, time, ct);
            }

            return now;
        }

        public Task<(long Now, IReadOnlyDictionary<string, long> Until)> HoldersAsync(CancellationToken ct)
        {
            var now = Now;
            lock (_until)
            {
                return Task.FromResult<(long, IReadOnlyDictionary<string, long>)>((now, _until.Where(entry => entry.Value > now).ToDictionary()));
            }
        }

        public Task RemoveAsync(string node, CancellationToken ct)
        {
            lock (_until)
            {
                _until.Remove(node);
            }

            return Task.CompletedTask;
        }
    }
}
