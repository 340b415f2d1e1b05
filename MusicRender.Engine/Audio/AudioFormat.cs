using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MusicRender.Engine.Audio;

/// <summary>A form of encoded audio, as the upstream names them: <c>mp3_44100_192</c>.</summary>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Kilobits">Kilobits a second, constant.</param>
public sealed record AudioFormat(int SampleRate, int Kilobits)
{
    /// <summary>What the built-in generator gives when nothing else is asked for.</summary>
    public static readonly AudioFormat Mp3 = new(PcmFormat.SampleRate, 192);

    /// <summary>The name in requests.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"mp3_{SampleRate}_{Kilobits}");

    /// <summary>The media type of them all.</summary>
    public const string ContentType = "audio/mpeg";

    /// <summary>Reads a name; anything but <c>mp3_{rate}_{kilobits}</c> with numbers that MP3 knows is none.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out AudioFormat? format)
    {
        format = name?.Split('_') is ["mp3", var rate, var kilobits]
            && int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var sampleRate)
            && int.TryParse(kilobits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && sampleRate is 22_050 or 24_000 or 44_100 or 48_000
            && bits is 32 or 48 or 64 or 96 or 128 or 192 or 256 or 320
                ? new AudioFormat(sampleRate, bits)
                : null;
        return format is not null;
    }
}
