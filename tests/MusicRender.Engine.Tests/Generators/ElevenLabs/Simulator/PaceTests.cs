using System.Text;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Latency and pace, by a clock that jumps to whatever is waited for.</summary>
public sealed class PaceTests
{
    private readonly JumpingTime _time = new();
    private readonly string _key = SimulatorHost.NewKey();

    [Theory]
    [InlineData(SimulatorFixture.Stream)]
    [InlineData(SimulatorFixture.Detailed)]
    public async Task Song_BeginsAfterTheLatency_AndComesAtItsPace(string path)
    {
        await using var host = await SimulatorHost.StartAsync(options => (options.Latency, options.Pace) = (TimeSpan.FromSeconds(3), 2), _time);

        await CallAsync(host, path);

        Assert.Equal(3_000, _time.Waits[0]);
        // 13 s of music at twice real time, in writes of 4 096 bytes: base64 of 192 kbit/s is 32 000 bytes a second.
        Assert.InRange(_time.Waits.Sum(), 9_490, 9_520);
        Assert.InRange(_time.Waits.Skip(1).Max(), 1, 90);
    }

    [Fact]
    public async Task OneCall_IsSlowerThanTheOthers()
    {
        await using var host = await SimulatorHost.StartAsync(time: _time);
        await host.FailNextAsync(_key, new Fault { LatencyMs = 20_000, Pace = 0.5 });

        await CallAsync(host, SimulatorFixture.Stream);
        var waited = _time.Waits.Sum();
        await CallAsync(host, SimulatorFixture.Stream);

        Assert.Equal(20_000, _time.Waits[0]);
        Assert.InRange(waited, 45_990, 46_100);
        Assert.Equal(waited, _time.Waits.Sum());
    }

    private async Task CallAsync(SimulatorHost host, string path)
    {
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(SimulatorFixture.Song.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("xi-api-key", _key);
        using var response = await http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
    }

    /// <summary>Nobody waits: the time that would have been waited has passed at once, and is written down (ms).</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<double> _waits = [];
        private TimeSpan _passed;

        public IReadOnlyList<double> Waits
        {
            get
            {
                lock (_lock)
                {
                    return [.. _waits];
                }
            }
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            lock (_lock)
            {
                return _passed.Ticks;
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _passed += dueTime;
                _waits.Add(dueTime.TotalMilliseconds);
            }

            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
