using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Prompting;

namespace MusicRender.Web.Tests.Server;

/// <summary>A server without its encoder, with writers that throw, little patience, small messages and a list of origins of its own.</summary>
public sealed class TroubledApp : MusicRenderApp
{
    /// <summary>The one allowed origin.</summary>
    public const string Origin = "https://studio.example";

    /// <summary>What the writers throw, and nobody must see.</summary>
    public const string Secret = "secret-of-the-writer";

    /// <summary>Milliseconds.</summary>
    public const int FirstMessageTimeout = 300;

    /// <summary>Bytes.</summary>
    public const int MaxMessageBytes = 2048;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["MusicRender:Ffmpeg:Path"] = "/nowhere/ffmpeg-of-nobody",
        ["MusicRender:Socket:FirstMessageTimeout"] = TimeSpan.FromMilliseconds(FirstMessageTimeout).ToString(),
        ["MusicRender:Socket:MaxMessageBytes"] = $"{MaxMessageBytes}",
        ["MusicRender:Cors:Origins:0"] = Origin,
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.AddSingleton<IPromptWriter, ThrowingWriter>().AddSingleton<IPlanWriter, ThrowingWriter>());
    }

    private sealed class ThrowingWriter : IPromptWriter, IPlanWriter
    {
        public Task<WrittenPrompt> WriteAsync(PromptRequest request, CancellationToken ct) => throw new InvalidOperationException(Secret);

        public Task<WrittenPlan> WriteAsync(PlanRequest request, CancellationToken ct) => throw new InvalidOperationException(Secret);
    }
}
