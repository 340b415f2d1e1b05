using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Audio;

/// <summary>Makes other forms of finished audio files: ffmpeg, one process and one thread each.</summary>
public sealed class AudioConverter(IOptions<FfmpegOptions> options)
{
    private const int ComplaintLength = 2_000;

    /// <summary>Converts a file. What a form's tags have no room for (lyrics in WAV) is left out.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Where the new one goes; one that is there is written over.</param>
    /// <param name="format">The form.</param>
    /// <param name="tags">What the new file says of itself.</param>
    /// <param name="ct">Ends it; what was written stays.</param>
    /// <exception cref="EncodingException">ffmpeg is not there, or failed; the message has what it complains of.</exception>
    public async Task ConvertAsync(string source, string target, AudioFileFormat format, TrackTags tags, CancellationToken ct)
    {
        var start = new ProcessStartInfo(options.Value.Path) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-nostats", "-y", "-i", source, "-f", "ffmetadata", "-i", "pipe:0",
            "-map", "0:a:0", "-map_metadata", "1", "-threads", "1", .. format.Arguments, target,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        try
        {
            var complaints = process.StandardError.ReadToEndAsync(ct);
            await TellAsync(process, tags, ct);
            var complaint = (await complaints).Trim();
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
            {
                throw new EncodingException($"The audio converter (ffmpeg) stopped: {complaint[..Math.Min(complaint.Length, ComplaintLength)]}");
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

    /// <summary>Tags as ffmpeg reads them (ffmpeg.org/ffmpeg-formats.html, "Metadata"), named as Vorbis comments name them.</summary>
    internal static string Metadata(TrackTags tags)
    {
        var text = new StringBuilder(";FFMETADATA1\n");
        Add("title", tags.Title);
        Add("genre", string.Join("; ", tags.Genres));
        Add("BPM", tags.Bpm is { } bpm ? Math.Round(bpm).ToString(CultureInfo.InvariantCulture) : "");
        Add("INITIALKEY", TrackTags.Id3Key(tags.Key) ?? "");
        Add("LYRICS", tags.Lyrics);
        Add("comment", tags.Comment);
        Add("encoded_by", tags.EncodedBy);
        return text.ToString();

        void Add(string name, string value)
        {
            if (value.Length == 0)
            {
                return;
            }

            text.Append(name).Append('=');
            foreach (var letter in value.Where(letter => letter != '\0'))
            {
                text.Append(letter is '=' or ';' or '#' or '\\' or '\n' ? "\\" : "").Append(letter);
            }

            // ffmpeg takes any backslash at a line's end for one that joins it to the next: a space parts them.
            text.Append(value.EndsWith('\\') ? " \n" : "\n");
        }
    }

    private static async Task TellAsync(Process process, TrackTags tags, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(Metadata(tags)), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already: its exit code says so.
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
            throw new EncodingException("ffmpeg, which converts the audio, could not be started. Install it, or name its path in MusicRender:Ffmpeg:Path.", exception);
        }
    }
}
