using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Our own stem maker, as the engine puts it together, against the simulator: it checks each call against the contract.</summary>
public sealed class StemSeparationTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _key = SimulatorHost.NewKey();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StemSet.Two, "vocals", "instrumental")]
    [InlineData(StemSet.Six, "vocals", "drums", "bass", "guitar", "piano", "other")]
    public async Task Stems_ComeAsTheContractHasThem(StemSet set, params string[] names)
    {
        var outputs = await SeparateAsync(set);

        Assert.Equal(names, outputs.OfType<StemOutput.Begin>().Select(begin => begin.Name));
        Assert.All(outputs.OfType<StemOutput.Encoded>().Chunk(1).Take(1), first => Assert.True(first[0].Bytes.Span[0] is 0xFF or (byte)'I'));
        var call = Assert.Single(await simulator.Host.CallsAsync(_key));
        Assert.Equal((SimulatorFixture.Stems, 200), (call.Path, call.Status));
        Assert.Empty(call.Violations);
    }

    [Fact]
    public async Task HostileNames_BecomePlain()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.HostileZip });

        var outputs = await SeparateAsync(StemSet.Six);

        Assert.Equal(["vocals", "drums", "bass", "guitar", "piano", "other"], outputs.OfType<StemOutput.Begin>().Select(begin => begin.Name));
    }

    [Theory]
    [InlineData(FaultKind.InvalidApiKey, "invalid_key")]
    [InlineData(FaultKind.InsufficientCredits, "insufficient_credits")]
    [InlineData(FaultKind.QuotaExceeded, "insufficient_credits")]
    [InlineData(FaultKind.FeatureNotAvailable, "subscription_required")]
    [InlineData(FaultKind.Validation, "bad_request")]
    [InlineData(FaultKind.EmptyZip, "bad_answer")]
    [InlineData(FaultKind.Garbage, "bad_answer")]
    [InlineData(FaultKind.Reset, "interrupted", 20_000)]
    [InlineData(FaultKind.Close, "interrupted", 20_000)]
    [InlineData(FaultKind.Reset, "interrupted")]
    [InlineData(FaultKind.Close, "interrupted")]
    [InlineData(FaultKind.Stall, "interrupted", 20_000)]
    public async Task Fault_IsToldAndTheTrackNotSentAgain(FaultKind kind, string reason, int at = -1)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = kind, At = at < 0 ? null : at });

        var outputs = await SeparateAsync(StemSet.Two, idle: kind == FaultKind.Stall ? TimeSpan.FromSeconds(1) : null);

        Assert.Equal(reason, Assert.IsType<StemOutput.Failed>(outputs[^1]).Failure.Reason);
        Assert.Single(await simulator.Host.CallsAsync(_key));
    }

    [Theory]
    [InlineData(FaultKind.ConcurrentLimitExceeded)]
    [InlineData(FaultKind.SystemBusy)]
    [InlineData(FaultKind.ServiceUnavailable)]
    public async Task Refusal_ThatCostsNothing_IsTriedAgain(FaultKind kind)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = kind });

        var outputs = await SeparateAsync(StemSet.Two);

        Assert.Equal(["vocals", "instrumental"], outputs.OfType<StemOutput.Begin>().Select(begin => begin.Name));
        Assert.Equal(2, (await simulator.Host.CallsAsync(_key)).Count);
    }

    private async Task<List<StemOutput>> SeparateAsync(StemSet set, TimeSpan? idle = null)
    {
        var track = Path.Combine(_folder.Path, "track.mp3");
        await Processes.RunAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=4", "-b:a", "128k", track);
        await using var services = Services(idle);
        var maker = services.GetServices<IStemMaker>().Single();
        Assert.True(maker.IsReady);
        using var limit = new CancellationTokenSource(Until.Limit);
        var outputs = new List<StemOutput>();
        await foreach (var output in maker.SeparateAsync(
            new StemRequest { Set = set, AudioPath = track, FileName = "track.mp3", Composition = Plans.Short, Seed = 1, DurationMs = 4_000, WorkFolder = _folder.Path, PaidPath = Path.Combine(_folder.Path, "paid.zip") }, limit.Token))
        {
            outputs.Add(output);
        }

        return outputs;
    }

    private ServiceProvider Services(TimeSpan? idle) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MusicRender:ElevenLabs:BaseUrl"] = simulator.Host.BaseAddress.ToString(),
            ["MusicRender:ElevenLabs:ApiKey"] = _key,
            ["MusicRender:ElevenLabs:IdleTimeout"] = (idle ?? TimeSpan.FromSeconds(20)).ToString(),
        }).Build())
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddElevenLabs()
        .BuildServiceProvider();
}
