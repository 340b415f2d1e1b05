using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ElevenLabs.Simulator.Audio;

/// <summary>One of the upstream's MP3 formats: <c>mp3_48000_192</c>.</summary>
internal sealed record Mp3Format(int SampleRate, int Kilobits)
{
    /// <summary>What <c>auto</c> means for <c>music_v1</c>; also the default of stem separation.</summary>
    public static readonly Mp3Format First = new(44_100, 128);

    /// <summary>What <c>auto</c> means for newer models.</summary>
    public static readonly Mp3Format Newer = new(48_000, 192);

    /// <summary>Frames of sound in one MP3 frame.</summary>
    public int FrameSamples => SampleRate >= 32_000 ? 1_152 : 576;

    /// <summary>MP3 frames of a length, rounded up.</summary>
    public int FramesOf(long milliseconds) => (int)(((milliseconds * SampleRate) + (FrameSamples * 1_000L) - 1) / (FrameSamples * 1_000L));

    /// <summary>Length of so many MP3 frames, ms.</summary>
    public int MillisecondsOf(int frames) => (int)Math.Round(frames * (double)FrameSamples * 1_000 / SampleRate);

    /// <summary>Reads the name of a format; what is not MP3 gives false.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out Mp3Format? format)
    {
        var parts = name.Split('_');
        format = parts is ["mp3", var rate, var kilobits] ? new Mp3Format(int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(kilobits, CultureInfo.InvariantCulture)) : null;
        return format is not null;
    }
}
