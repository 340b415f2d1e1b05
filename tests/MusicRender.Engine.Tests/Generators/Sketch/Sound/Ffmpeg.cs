using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MusicRender.Engine.Tests.Generators.Sketch.Sound;

/// <summary>What ffmpeg measures of sound: an instrument that knows nothing of the code that made it.</summary>
internal static partial class Ffmpeg
{
    /// <summary>Integrated loudness in LUFS, true peak in dBTP and constant part, of full scale, of interleaved stereo at 44.1 kHz.</summary>
    public static async Task<(double Lufs, double TruePeak, double Constant)> MeasureAsync(ReadOnlyMemory<float> samples)
    {
        var said = await RunAsync(samples, "astats=measure_perchannel=none:measure_overall=DC_offset,ebur128=peak=true");
        return (Number(Integrated(), said), Number(Peak(), said), Number(Constant(), said));
    }

    private static async Task<string> RunAsync(ReadOnlyMemory<float> samples, string filter)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-hide_banner", "-nostats", "-f", "f32le", "-ar", "44100", "-ac", "2", "-i", "pipe:0", "-af", filter, "-f", "null", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(MemoryMarshal.AsBytes(samples.Span).ToArray());
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await said;
    }

    private static double Number(Regex pattern, string text) => double.Parse(pattern.Matches(text)[^1].Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"I:\s+(\S+) LUFS")]
    private static partial Regex Integrated();

    [GeneratedRegex(@"Peak:\s+(\S+) dBFS")]
    private static partial Regex Peak();

    [GeneratedRegex(@"DC offset:\s+(\S+)")]
    private static partial Regex Constant();
}
