using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests;

/// <summary>The whole engine in this process, on a library of its own, with a generator that does what the test says.</summary>
public class EngineHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly TestFolder? _folder;
    private readonly Dictionary<string, string?> _settings = [];
    private IHost? _host;
    private bool _isStarted;

    /// <summary>On a new folder; xunit calls this for fixtures.</summary>
    public EngineHost()
    {
        _folder = new TestFolder();
        Root = _folder.Path;
    }

    internal EngineHost(string root, params (string Key, string Value)[] settings)
    {
        Root = root;
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    internal string Root { get; }

    /// <summary>The name by which this engine's encoders are known among the processes.</summary>
    internal string Encoder { get; } = $"ff-{Guid.NewGuid():N}"[..15];

    internal ScriptedGenerator Generator { get; init; } = new();

    internal ScriptedStemMaker StemMaker { get; init; } = new();

    /// <summary>In place of the machine's clock.</summary>
    internal TimeProvider? Time { get; init; }

    /// <summary>In place of the lease of a process that is alone.</summary>
    internal INodeLease? Lease { get; init; }

    internal IRenderJobs Jobs => Service<IRenderJobs>();

    internal IStemJobs Stems => Service<IStemJobs>();

    internal static async Task<EngineHost> StartAsync(string root, params (string Key, string Value)[] settings)
    {
        var host = new EngineHost(root, settings);
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        await SetUpAsync();
        _host = Build();
        await _host.StartAsync();
        _isStarted = true;
    }

    /// <summary>Runs before the engine is built.</summary>
    protected virtual ValueTask SetUpAsync() => ValueTask.CompletedTask;

    /// <summary>Sets something of the configuration, before the engine is built.</summary>
    protected internal void Set(string key, string value) => _settings[key] = value;

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            if (_isStarted)
            {
                await host.StopAsync();
            }

            await ((IAsyncDisposable)host).DisposeAsync();
        }

        File.Delete(EncoderPath);

        _folder?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal T Service<T>()
        where T : notnull => (_host ??= Build()).Services.GetRequiredService<T>();

    /// <summary>The library alone, without starting what runs in the background.</summary>
    internal async Task PrepareLibraryAsync()
    {
        await SetUpAsync();
        await Service<CatalogueSetup>().PrepareAsync(CancellationToken.None);
    }

    /// <summary>What a process leaves that was killed right after it accepted a render.</summary>
    internal Task AcceptAsync(RenderId id, RenderRequest? request = null)
    {
        var now = DateTimeOffset.UtcNow;
        return Service<RenderRecords>().AcceptAsync(
            new RenderRecord(id, RenderState.Queued, "scripted", request ?? RequestOf(Plans.Short, new RenderOptions { Seed = 1 }), null, now, null, null, 1, "dead"), RenderProgress.Accepted(now), requestHash: null, CancellationToken.None);
    }

    internal async Task<T> ReadAsync<T>(Func<Catalogue, Task<T>> read)
    {
        await using var catalogue = await Service<IDbContextFactory<Catalogue>>().CreateDbContextAsync();
        return await read(catalogue);
    }

    internal async Task<RenderId> StartAsync(Composition composition, RenderOptions? options = null, SongMetadata? song = null)
    {
        var start = await Jobs.StartAsync(RequestOf(composition, options, song), CancellationToken.None);
        Assert.Null(start.Failure);
        return start.Id;
    }

    internal async Task<IReadOnlyList<RenderEvent>> RenderAsync(Composition composition, RenderOptions? options = null, SongMetadata? song = null) =>
        await LogAsync(await StartAsync(composition, options, song));

    /// <summary>The log from a number to its end.</summary>
    internal async Task<IReadOnlyList<RenderEvent>> LogAsync(RenderId id, long after = 0)
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        return await Jobs.WatchAsync(id, after, limit.Token).ToListAsync(limit.Token);
    }

    internal static RenderRequest RequestOf(Composition composition, RenderOptions? options = null, SongMetadata? song = null) =>
        new() { Composition = composition, Options = options ?? new RenderOptions(), Song = song, RequestId = "request-1", DraftId = "draft-1" };

    internal string[] FilesIn(string folder) =>
        Directory.Exists(Path.Combine(Root, folder)) ? [.. Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(file => Path.GetFileName(file))] : [];

    private string EncoderPath => Path.Combine(Path.GetTempPath(), Encoder);

    private IHost Build()
    {
        _settings["MusicRender:Library:Root"] = Root;
        if (_settings.TryAdd("MusicRender:Ffmpeg:Path", EncoderPath))
        {
            File.CreateSymbolicLink(EncoderPath, Processes.Find("ffmpeg"));
        }

        // Tests stop hosts whose generators wait for ever.
        _settings.TryAdd("MusicRender:Shutdown:Patience", "00:00:00");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.ClearProviders();
        builder.AddMusicRenderEngine();
        builder.Services.RemoveAll<IMusicGenerator>();
        builder.Services.AddSingleton<IMusicGenerator>(Generator);
        builder.Services.AddSingleton<IStemMaker>(StemMaker);
        if (Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        if (Lease is not null)
        {
            builder.Services.AddSingleton(Lease);
        }

        return builder.Build();
    }
}
