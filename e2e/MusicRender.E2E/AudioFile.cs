using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MusicRender.E2E;

/// <summary>What ffprobe finds in a file.</summary>
public sealed class AudioFile
{
    private readonly JsonNode _stream;
    private readonly JsonNode _format;

    private AudioFile(JsonNode probe)
    {
        _stream = probe["streams"]![0]!;
        _format = probe["format"]!;
    }

    /// <summary>"mp3".</summary>
    public string Codec => (string)_stream["codec_name"]!;

    /// <summary>Hz.</summary>
    public int SampleRate => int.Parse((string)_stream["sample_rate"]!, CultureInfo.InvariantCulture);

    /// <summary>Channels.</summary>
    public int Channels => (int)_stream["channels"]!;

    /// <summary>Kilobits a second of the sound.</summary>
    public double Kilobits => Number(_stream["bit_rate"]) / 1000;

    /// <summary>Length of what is heard, ms.</summary>
    public double DurationMs => (Number(_format["duration"]) - Number(_format["start_time"])) * 1000;

    /// <summary>The tag of a name, or null.</summary>
    public string? Tag(string name) => (string?)_format["tags"]?[name];

    /// <summary>The lyrics, whatever their language, or null.</summary>
    public string? Lyrics => (string?)_format["tags"]!.AsObject().FirstOrDefault(tag => tag.Key.StartsWith("lyrics", StringComparison.Ordinal)).Value;

    /// <summary>Reads a file.</summary>
    public static async Task<AudioFile> ReadAsync(string path)
    {
        using var ffprobe = Process.Start(new ProcessStartInfo("ffprobe")
        {
            ArgumentList = { "-v", "error", "-show_format", "-show_streams", "-of", "json", path },
            RedirectStandardOutput = true,
        })!;
        var json = await ffprobe.StandardOutput.ReadToEndAsync();
        await ffprobe.WaitForExitAsync();
        Assert.Equal(0, ffprobe.ExitCode);
        return new AudioFile(JsonNode.Parse(json)!);
    }

    private static double Number(JsonNode? node) => double.Parse((string)node!, CultureInfo.InvariantCulture);
}
