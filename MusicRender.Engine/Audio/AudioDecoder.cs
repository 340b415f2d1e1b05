using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Audio;

/// <summary>Takes the next block of decoded sound: interleaved stereo, −1 to 1.</summary>
/// <param name="samples">The block. It is used again after the call.</param>
public delegate void PcmBlock(ReadOnlySpan<float> samples);

/// <summary>Reads audio files with ffmpeg.</summary>
public sealed class AudioDecoder(IOptions<FfmpegOptions> options)
{
    private const int BytesPerFrame = sizeof(float) * PcmFormat.Channels;

    /// <summary>The peaks of a file, decoded block by block. <paramref name="frames"/> is its length at <see cref="PcmFormat.SampleRate"/>.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there, or does not read the file.</exception>
    public async Task<IReadOnlyList<float>> PeaksAsync(string path, long frames, CancellationToken ct, int points = PeakMeter.Points)
    {
        var meter = new PeakMeter(Math.Max(1, frames), points);
        await DecodeAsync(path, meter.Add, ct);
        return meter.Peaks;
    }

    /// <summary>Decodes a file block by block, at <see cref="PcmFormat.SampleRate"/>.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there, or does not read the file.</exception>
    public async Task DecodeAsync(string path, PcmBlock take, CancellationToken ct)
    {
        var start = new ProcessStartInfo(options.Value.Path) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "quiet", "-nostdin", "-i", path, "-map", "0:a:0",
            "-f", "f32le", "-ar", $"{PcmFormat.SampleRate}", "-ac", $"{PcmFormat.Channels}", "pipe:1",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        try
        {
            var buffer = new byte[64 * 1024];
            var filled = 0;
            var isSound = false;
            for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer.AsMemory(filled), ct)) > 0;)
            {
                filled += read;
                var whole = filled - (filled % BytesPerFrame);
                isSound |= whole > 0;
                take(MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, whole)));
                buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
                filled -= whole;
            }

            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0 || !isSound)
            {
                throw new EncodingException("The audio could not be read back by ffmpeg.");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EncodingException("ffmpeg, which reads the audio, could not be started. Install it, or name its path in MusicRender:Ffmpeg:Path.", exception);
        }
    }
}
