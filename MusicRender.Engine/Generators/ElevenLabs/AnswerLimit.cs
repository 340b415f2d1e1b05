using System.Globalization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>How long an answer of music may be, bytes: four times what its length and format can need, and something over.</summary>
internal static class AnswerLimit
{
    /// <summary>The highest bitrate of MP3, kilobits a second.</summary>
    private const int MostKilobits = 320;

    private const int Times = 4;

    /// <summary>For what comes beside the music: plan, metadata, words, waveform.</summary>
    private const long Beside = 16_000_000;

    /// <summary>The limit.</summary>
    /// <param name="asked">What is asked for; where it has no length, the longest counts.</param>
    /// <param name="format">For example <c>mp3_44100_128</c>; one that does not tell its bitrate counts as the highest.</param>
    public static long Of(Composition asked, string format)
    {
        var named = int.TryParse(format.AsSpan(format.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobits) && kilobits is > 0 and <= MostKilobits;
        // A kilobit a second is 125 bytes a second; base64 makes four letters of three bytes.
        var music = (asked.DurationMs ?? PlanLimits.MaxTotalMs) / 1000.0 * (named ? kilobits : MostKilobits) * 125;
        return (long)(music * 4 / 3 * Times) + Beside;
    }
}
