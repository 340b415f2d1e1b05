using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ElevenLabs.Simulator;

internal static class SimulatorProgram
{
    /// <summary>Serves until it is ended. Its first line says where: "ElevenLabs simulator is at http://127.0.0.1:43210".</summary>
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            await using var app = SimulatorApp.Build(arguments.Any(argument => argument.StartsWith("--urls", StringComparison.Ordinal)) ? arguments : [.. arguments, "--urls", "http://127.0.0.1:0"]);
            await app.StartAsync();
            Console.WriteLine($"ElevenLabs simulator is at {app.Urls.First()}");
            var other = app.Services.GetRequiredService<SimulatorOptions>().EndWith;
            var ended = other == 0 ? Task.Delay(Timeout.Infinite) : EndOfAsync(other);
            await Task.WhenAny(app.WaitForShutdownAsync(), ended);
            await app.StopAsync();
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync($"The simulator cannot start: {exception.Message}");
            return 1;
        }
    }

    private static async Task EndOfAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }
}
