using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Library.Postgres;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>Leases by a clock of the test's, on a table that can be away.</summary>
public sealed class SharedLeaseTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
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
        Assert.Equal((0, 0), (_one.Lapses, _two.Lapses));
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

    private sealed class FakeTable(FakeTimeProvider time) : ILeaseTable
    {
        private readonly Dictionary<string, long> _until = [];

        public bool IsAway { get; set; }

        public Exception Trouble { get; set; } = new NpgsqlException("away");

        public TimeSpan AnswersAfter { get; set; }

        public TimeSpan Clock { get; set; }

        public int Renewals { get; private set; }

        private long Now => IsAway ? throw Trouble : (time.GetUtcNow() + Clock).ToUnixTimeMilliseconds();

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

        public Task<(long Now, IReadOnlySet<string> Nodes)> HoldersAsync(CancellationToken ct)
        {
            var now = Now;
            lock (_until)
            {
                return Task.FromResult<(long, IReadOnlySet<string>)>((now, _until.Where(entry => entry.Value > now).Select(entry => entry.Key).ToHashSet()));
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
