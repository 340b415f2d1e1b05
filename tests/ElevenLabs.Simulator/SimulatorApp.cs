using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Answers;
using ElevenLabs.Simulator.Api;
using ElevenLabs.Simulator.Audio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ElevenLabs.Simulator;

/// <summary>Puts the simulator together.</summary>
internal static class SimulatorApp
{
    /// <summary>Builds it; the settings come from the command line and then from the caller.</summary>
    /// <exception cref="ArgumentException">A setting makes no sense.</exception>
    public static WebApplication Build(string[] arguments, Action<SimulatorOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        var options = builder.Configuration.GetSection("Simulator").Get<SimulatorOptions>() ?? new SimulatorOptions();
        configure?.Invoke(options);
        Check(options);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            // Slow and stalled callers are what is tested here.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        // A write ends when the system has it: an answer that is cut at a byte has sent all before it.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = 1);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<AccountBook>();
        builder.Services.AddSingleton<SongCache>();
        builder.Services.AddSingleton<FinetuneCatalogue>();
        builder.Services.AddSingleton<UpstreamAnswers>();
        builder.Services.AddSingleton<UpstreamCalls>();

        var app = builder.Build();
        app.MapGet("/", () => Results.Text(HelpText()));
        app.MapControlApi(app.Services.GetRequiredService<AccountBook>());
        app.MapFallback("{**path}", app.Services.GetRequiredService<UpstreamCalls>().HandleAsync);
        return app;
    }

    private static void Check(SimulatorOptions options)
    {
        Refuse(options.Latency < TimeSpan.Zero, nameof(options.Latency), "must not be negative");
        Refuse(options.Pace is < 0 or double.NaN, nameof(options.Pace), "must be 0 (at once) or more");
        Refuse(options.WriteSize < 1, nameof(options.WriteSize), "must be 1 or more");
        Refuse(options.Concurrency < 0, nameof(options.Concurrency), "must be 0 or more");
        Refuse(options.Finetunes < 0, nameof(options.Finetunes), "must be 0 or more");
        Refuse(options.Calls < 0, nameof(options.Calls), "must be 0 or more");

        static void Refuse(bool isWrong, string name, string why)
        {
            if (isWrong)
            {
                throw new ArgumentException($"Simulator:{name} {why}.");
            }
        }
    }

    private static string HelpText()
    {
        using var reader = new StreamReader(typeof(SimulatorApp).Assembly.GetManifestResourceStream("Help.txt")!);
        return reader.ReadToEnd();
    }
}
