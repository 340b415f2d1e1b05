using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>The ends of a song: how it starts from nothing and returns to it, or does not.</summary>
internal static class SongEnds
{
    private const int StartFade = 64;
    private const double PreRollSeconds = 10;

    /// <summary>Frames that are played before the first one of a loop, so that what rings over its end is heard at its start; 0 for other songs.</summary>
    public static long PreRollOf(Score score)
    {
        if (score.Ending != Ending.Loop)
        {
            return 0;
        }

        // Whole blocks, and no more than the loop has.
        var wanted = Math.Min(score.Frames - Mixer.BlockFrames, (long)(PreRollSeconds * PcmFormat.SampleRate));
        return wanted / Mixer.BlockFrames * Mixer.BlockFrames;
    }

    /// <summary>Fades a block at the song's ends, in place: a moment at its start; at its end as the score says. A loop has none.</summary>
    /// <param name="score">The song.</param>
    /// <param name="from">The block's first frame.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static void Fade(Score score, long from, Span<float> left, Span<float> right)
    {
        if (score.Ending == Ending.Loop)
        {
            return;
        }

        var length = FadeOf(score);
        var fadeFrom = score.Frames - length;
        if (from >= StartFade && from + left.Length <= fadeFrom)
        {
            return;
        }

        for (var index = 0; index < left.Length; index++)
        {
            var frame = from + index;
            var gain = Math.Min(1, frame / (float)StartFade);
            if (frame > fadeFrom)
            {
                var share = (score.Frames - 1 - frame) / (float)length;
                gain *= share * share * (3 - (2 * share));
            }

            left[index] *= gain;
            right[index] *= gain;
        }
    }

    /// <summary>Frames at the end over which the sound goes to nothing.</summary>
    public static long FadeOf(Score score) => score.Ending == Ending.Loop ? 0 : Math.Max(1, score.FadeFrames);
}
