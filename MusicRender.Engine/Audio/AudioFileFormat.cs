namespace MusicRender.Engine.Audio;

/// <summary>A form that a finished track can be had in beside its own.</summary>
public sealed record AudioFileFormat
{
    // 16 bit, stereo, at most 48 kHz.
    private const int Pcm = 2 * 2 * 48_000;

    /// <summary>PCM, 16 bit.</summary>
    public static readonly AudioFileFormat Wav = new() { Name = "wav", ContentType = "audio/wav", MaxBytesPerSecond = Pcm, Arguments = ["-c:a", "pcm_s16le", "-f", "wav"] };

    /// <summary>Lossless from what the track's own file has.</summary>
    public static readonly AudioFileFormat Flac = new() { Name = "flac", ContentType = "audio/flac", MaxBytesPerSecond = Pcm, Arguments = ["-c:a", "flac", "-sample_fmt", "s16", "-f", "flac"] };

    /// <summary>Opus in Ogg, about 160 kilobits a second.</summary>
    public static readonly AudioFileFormat Opus = new() { Name = "opus", ContentType = "audio/ogg", MaxBytesPerSecond = 32_000, Arguments = ["-c:a", "libopus", "-b:a", "160k", "-f", "opus"] };

    /// <summary>In addresses, and behind the dot of file names.</summary>
    public required string Name { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>What a second takes at most.</summary>
    public required int MaxBytesPerSecond { get; init; }

    /// <summary>What ffmpeg is told.</summary>
    internal IReadOnlyList<string> Arguments { get; init; } = [];
}
