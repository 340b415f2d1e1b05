using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using Microsoft.AspNetCore.Builder;

namespace ElevenLabs.Simulator;

/// <summary>A simulator in this process, on a free port of this machine only. Every test uses a key of its own, so tests at once do not disturb each other.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app)
    {
        _app = app;
        BaseAddress = new Uri(app.Urls.First());
        Client = new SimulatorClient(BaseAddress);
    }

    /// <summary>Where it answers.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The same controls as this class has, and some more.</summary>
    public SimulatorClient Client { get; }

    /// <summary>Starts one: without latency, everything at once, unless it is told otherwise.</summary>
    /// <param name="configure">Changes its settings.</param>
    /// <param name="time">The clock of latency and pace.</param>
    public static async Task<SimulatorHost> StartAsync(Action<SimulatorOptions>? configure = null, TimeProvider? time = null)
    {
        var app = SimulatorApp.Build(["--urls", "http://127.0.0.1:0"], configure, time);
        await app.StartAsync();
        return new SimulatorHost(app);
    }

    /// <summary>A key that nobody else has.</summary>
    public static string NewKey() => $"sim-{Guid.NewGuid():N}";

    /// <summary>Lets the next calls of a key meet these faults, one after the other.</summary>
    public Task FailNextAsync(string key, params Fault[] faults) => Client.FailNextAsync(key, faults);

    /// <summary>Sets the credits or the limit of a key's account.</summary>
    public Task SetAccountAsync(string key, AccountSettings settings) => Client.SetAccountAsync(key, settings);

    /// <summary>The calls of a key, in the order in which they came.</summary>
    public Task<IReadOnlyList<RecordedCall>> CallsAsync(string key) => Client.CallsAsync(key);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
