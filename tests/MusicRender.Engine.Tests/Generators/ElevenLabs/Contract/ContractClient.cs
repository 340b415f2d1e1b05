using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>The client as the program puts it together, with an account of its own at the simulator.</summary>
internal sealed class ContractClient : IAsyncDisposable
{
    private readonly SimulatorHost _simulator;
    private readonly TestFolder _folder = new();
    private readonly IHost _host;

    /// <summary>Refusals are not tried again, unless a time for that is set.</summary>
    public ContractClient(SimulatorHost simulator, FakeTimeProvider? time = null, string? address = null, params (string Name, string Value)[] settings)
    {
        (_simulator, Time) = (simulator, time);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var configuration = new Dictionary<string, string?>
        {
            ["MusicRender:Library:Root"] = _folder.Path,
            ["MusicRender:ElevenLabs:BaseUrl"] = address ?? simulator.BaseAddress.ToString(),
            ["MusicRender:ElevenLabs:ApiKey"] = Key,
            ["MusicRender:ElevenLabs:RetryTimeout"] = "00:00:00",
        };
        foreach (var (name, value) in settings)
        {
            configuration[$"MusicRender:ElevenLabs:{name}"] = value;
        }

        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Logging.ClearProviders();
        if (time is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(time);
        }

        builder.AddMusicRenderEngine();
        _host = builder.Build();
    }

    public string Key { get; } = SimulatorHost.NewKey();

    /// <summary>The clock, when the test turns it.</summary>
    public FakeTimeProvider? Time { get; }

    public IMusicGenerator Generator => _host.Services.GetServices<IMusicGenerator>().Single(generator => generator.Name == ElevenLabsGenerator.GeneratorName);

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static GenerationRequest RequestOf(Composition composition, RenderOptions? options = null, string format = "auto", int seed = 7) =>
        new() { Composition = composition, Seed = seed, OutputFormat = format, Options = options ?? new RenderOptions() };

    public Task FailNextAsync(params Fault[] faults) => _simulator.FailNextAsync(Key, faults);

    public Task SetAccountAsync(AccountSettings settings) => _simulator.SetAccountAsync(Key, settings);

    /// <summary>The calls so far. None may break the contract.</summary>
    public async Task<IReadOnlyList<RecordedCall>> CallsAsync()
    {
        var calls = await _simulator.CallsAsync(Key);
        Assert.All(calls, call => Assert.True(call.Violations.Count == 0, $"{call.Path} breaks the contract: {string.Join("; ", call.Violations)}\n{call.Body}"));
        return calls;
    }

    /// <summary>Ends when a call has come in.</summary>
    public Task CallCameAsync() => Until.TrueAsync(async () => (await CallsAsync()).Count > 0, "a call has come in");

    /// <summary>The only call there was, when it has ended.</summary>
    public async Task<RecordedCall> OnlyCallAsync()
    {
        await Until.TrueAsync(async () => (await CallsAsync()).All(call => call.Outcome is not CallOutcome.Running), "the call has ended");
        return Assert.Single(await CallsAsync());
    }

    public Task<GeneratedSong> RenderAsync(Composition composition, RenderOptions? options = null, string format = "auto") =>
        RenderAsync(RequestOf(composition, options, format));

    /// <summary>Renders. While the test's clock is to turn, it turns by a second whenever nothing comes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="turns">Says whether the clock turns; null: while it waits to try again.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<GeneratedSong> RenderAsync(GenerationRequest request, Func<GeneratedSong, bool>? turns = null, CancellationToken ct = default)
    {
        var song = new GeneratedSong();
        turns ??= known => known.Messages.LastOrDefault()?.Contains("trying again", StringComparison.Ordinal) == true;
        await using var outputs = Generator.GenerateAsync(request, ct).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync())
        {
            song.Add(outputs.Current);
        }

        return song;

        async Task<bool> NextAsync()
        {
            var next = outputs.MoveNextAsync().AsTask();
            while (Time is not null && await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(3), CancellationToken.None)) != next)
            {
                if (turns(song))
                {
                    Time.Advance(TimeSpan.FromSeconds(1));
                }
            }

            return await next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        _folder.Dispose();
    }
}
