using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Web.Tests.Server;

/// <summary>A server with an ElevenLabs account: a scripted upstream, and a key in the configuration unless a test enters one.</summary>
public class ElevenLabsApp : MusicRenderApp
{
    /// <summary>The configured key, as no text in the world would have it by chance.</summary>
    public const string ConfiguredKey = "sk_configured_7f3a9c1e5b2d8064";

    private ScriptedUpstream? _upstream;

    /// <summary>The address of the API is its.</summary>
    internal ScriptedUpstream ElevenLabs => _upstream!;

    internal IElevenLabsAccount Account => Services.GetRequiredService<IElevenLabsAccount>();

    /// <summary>The key in the configuration, or null.</summary>
    protected virtual string? Key => ConfiguredKey;

    public override async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await ElevenLabs.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("MusicRender:Generator", "auto");
        builder.UseSetting("MusicRender:ElevenLabs:BaseUrl", ElevenLabs.Address);
        builder.UseSetting("MusicRender:ElevenLabs:ApiKey", Key ?? "");
    }
}
