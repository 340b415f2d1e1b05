using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MusicRender.Web.Tests.Server;

/// <summary>
/// A server that was told to stop while clients waited for a render in every way there is. It goes on listening, as one with
/// <c>MusicRender:Shutdown:Drain</c> does, until it is disposed.
/// </summary>
public sealed class StoppingApp : MusicRenderApp
{
    private readonly PausedScript _paused = new();
    private readonly Gate _gate = new();

    /// <summary>The render that they all follow.</summary>
    public string Render { get; private set; } = "";

    /// <summary>A socket that has sent nothing yet.</summary>
    internal SocketClient Idle { get; private set; } = null!;

    /// <summary>A socket that follows the render.</summary>
    internal SocketClient Follower { get; private set; } = null!;

    /// <summary>The text of a stream of server-sent events.</summary>
    public string Events { get; private set; } = "";

    /// <summary>What a long request was answered.</summary>
    public HttpResponseMessage Waited { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Scripted.On("Long wait", _paused.Play);
        Idle = await SocketClient.ConnectAsync(this);
        await Idle.ReceiveAsync();
        Follower = await SocketClient.ConnectAsync(this);
        await Follower.SendAsync(Plans.Message("Long wait"));
        Render = (await Follower.ReceiveStageAsync("generating")).Text("render_id");
        await _paused.Reached;
        using var events = await GetAsync($"/renders/{Render}/events");
        var reading = events.Content.ReadAsStringAsync(Patience);
        var second = new PausedScript();
        Scripted.On("Long request", second.Play);
        var waiting = PostAsync("/render", Plans.Wrapped("Long request", "scripted"));
        await second.Reached;

        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Follower.ReceiveToEndAsync();
        await Idle.ReceiveToEndAsync();
        Events = await reading;
        Waited = await waiting;
    }

    public override async ValueTask DisposeAsync()
    {
        _gate.Open();
        await Follower.DisposeAsync();
        await Idle.DisposeAsync();
        Waited.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.AddHostedService(_ => _gate));
    }

    /// <summary>Holds the stop up where the server still listens.</summary>
    private sealed class Gate : IHostedLifecycleService
    {
        private readonly TaskCompletionSource _open = new();

        public void Open() => _open.TrySetResult();

        public Task StoppingAsync(CancellationToken cancellationToken) => _open.Task;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
