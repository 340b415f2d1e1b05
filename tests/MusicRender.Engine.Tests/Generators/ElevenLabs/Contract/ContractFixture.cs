using System.Collections.Concurrent;
using System.Text;
using ElevenLabs.Simulator;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>A simulator for the tests of a class, and what it plays when nothing goes wrong.</summary>
public sealed class ContractFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<byte[]>> _audio = new();

    internal SimulatorHost Simulator { get; private set; } = null!;

    /// <summary>Sung, 13 s.</summary>
    internal static CompositionPlan Song { get; } = new()
    {
        Title = "Rain",
        PositiveGlobalStyles = ["jazz", "trio"],
        Sections =
        [
            new PlanSection { SectionName = "Intro", DurationMs = 4_000, PositiveLocalStyles = ["sparse"] },
            new PlanSection { SectionName = "Verse", DurationMs = 6_000, Lines = ["Rain on the roof", "Again and again"] },
            new PlanSection { SectionName = "Outro", DurationMs = 3_000 },
        ],
    };

    public async ValueTask InitializeAsync() => Simulator = await SimulatorHost.StartAsync();

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    /// <summary>A client that tries nothing again.</summary>
    internal ContractClient Client(params (string Name, string Value)[] settings) => new(Simulator, settings: settings);

    /// <summary>A client with patience, and a clock that the test turns.</summary>
    internal ContractClient PatientClient(params (string Name, string Value)[] settings) =>
        new(Simulator, new FakeTimeProvider(), settings: [("RetryTimeout", "01:00:00"), ("IdleTimeout", "01:00:00"), .. settings]);

    /// <summary>The music of <see cref="Song"/>.</summary>
    internal Task<byte[]> AudioAsync(string format = "auto", string model = "music_v2") => _audio.GetOrAdd($"{format} {model}", _ => AskAsync(format, model));

    private async Task<byte[]> AskAsync(string format, string model)
    {
        using var http = new HttpClient { BaseAddress = Simulator.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{SimulatorFixture.Stream}?output_format={format}");
        request.Headers.Add("xi-api-key", SimulatorHost.NewKey());
        var plan = model == "music_v1"
            ? """{"positive_global_styles":[],"negative_global_styles":[],"sections":[""" + string.Join(',', Song.Sections.Select(section => $$"""{"section_name":"a","positive_local_styles":[],"negative_local_styles":[],"duration_ms":{{section.DurationMs}},"lines":[]}""")) + "]}"
            : """{"chunks":[""" + string.Join(',', Song.Sections.Select(section => $$"""{"text":"","duration_ms":{{section.DurationMs}},"positive_styles":[]}""")) + "]}";
        request.Content = new StringContent($$"""{"model_id":"{{model}}","composition_plan":{{plan}}}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        return EventStream.Read(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Audio;
    }
}
