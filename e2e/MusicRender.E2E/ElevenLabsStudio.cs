using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;

namespace MusicRender.E2E;

/// <summary>A studio with a library of its own, over the simulator.</summary>
public sealed class ElevenLabsStudio : IAsyncDisposable
{
    private readonly DirectoryInfo _library = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private MusicRenderProcess _program = null!;
    private int _earlier;

    private ElevenLabsStudio(SimulatorHost simulator) => Simulator = simulator;

    /// <summary>Where it answers.</summary>
    public Uri Address => _program.Address;

    /// <summary>The upstream.</summary>
    public SimulatorHost Simulator { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log => _program.Output;

    /// <summary>A key that only this studio has.</summary>
    public string Key { get; } = SimulatorHost.NewKey();

    /// <summary>Starts simulator and studio.</summary>
    /// <param name="pace">How fast the upstream sends its music, as a multiple of real time.</param>
    /// <param name="isConfigured">True to have the key in the studio's configuration; else it has none.</param>
    /// <param name="isVerbose">True to have everything logged that can be.</param>
    public static async Task<ElevenLabsStudio> StartAsync(double pace = 20, bool isConfigured = true, bool isVerbose = false)
    {
        var studio = new ElevenLabsStudio(await SimulatorHost.StartAsync(options => options.Pace = pace));
        studio._program = await studio.StartProgramAsync(0, isConfigured, isVerbose);
        return studio;
    }

    /// <summary>Another journey begins: earlier calls are none of its own.</summary>
    public async Task BeginAsync()
    {
        _earlier = 0;
        _earlier = (await PaidCallsAsync()).Count;
    }

    /// <summary>The calls of this journey that cost something, in the order in which they came.</summary>
    public async Task<IReadOnlyList<RecordedCall>> PaidCallsAsync() =>
        [.. (await Simulator.CallsAsync(Key)).Where(call => call.Path.EndsWith(Endpoints.Stream, StringComparison.Ordinal) || call.Path.EndsWith(Endpoints.Detailed, StringComparison.Ordinal)).Skip(_earlier)];

    /// <summary>What the newest call that cost something was asked for.</summary>
    public async Task<JsonObject> AskedAsync() => JsonNode.Parse((await PaidCallsAsync())[^1].Body!)!.AsObject();

    /// <summary>Ends the studio as a power cut would, and starts it again at the same address.</summary>
    public async Task CutAsync()
    {
        var port = Address.Port;
        await _program.KillAsync();
        await _program.DisposeAsync();
        _program = await StartProgramAsync(port, isConfigured: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await Simulator.DisposeAsync();
        _library.Delete(recursive: true);
    }

    private Task<MusicRenderProcess> StartProgramAsync(int port, bool isConfigured, bool isVerbose = false)
    {
        var settings = new Dictionary<string, string> { ["MusicRender__ElevenLabs__BaseUrl"] = Simulator.BaseAddress.ToString() };
        if (isConfigured)
        {
            settings["MusicRender__ElevenLabs__ApiKey"] = Key;
        }

        if (isVerbose)
        {
            settings["Logging__Console__LogLevel__Default"] = "Trace";
        }

        return MusicRenderProcess.StartAsync(_library.FullName, port, settings);
    }
}
