using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ElevenLabs.Simulator.Audio;

/// <summary>Encodes with ffmpeg.</summary>
internal static class Mp3Encoder
{
    /// <summary>Interleaved stereo → MP3 whose frames do not lean on each other's bits, without tags.</summary>
    public static async Task<byte[]> EncodeAsync(string ffmpeg, float[] sound, Mp3Format format)
    {
        var start = new ProcessStartInfo(
            ffmpeg,
            [
                "-hide_banner", "-loglevel", "error", "-nostats", "-f", "f32le", "-ar", $"{format.SampleRate}", "-ac", "2", "-i", "pipe:0",
                "-c:a", "libmp3lame", "-b:a", $"{format.Kilobits}k", "-reservoir", "0", "-compression_level", "7",
                "-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var complaints = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(MemoryMarshal.AsBytes(sound.AsSpan()).ToArray());
        }
        catch (IOException)
        {
            // It died; its complaints say why.
        }

        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"ffmpeg failed: {await complaints}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("The simulator needs ffmpeg with libmp3lame. Install it, or name its path in Simulator:Ffmpeg.", exception);
        }
    }
}
