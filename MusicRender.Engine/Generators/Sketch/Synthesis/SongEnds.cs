using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>The ends of a song: how it starts from nothing and returns to it, or does not.</summary>
internal static class SongEnds
{
    private const int StartFade = 64;
    private const int CutStartFade = 256;
    private const int CutEndFade = 1_024;
    private const double PreRollSeconds = 10;
    private const double CutPreRollSeconds = 2;

    /// <summary>
    /// Frames that are played before the first one, so that what rings over it is heard: what a stretch follows, and what the
    /// end of a loop leaves; 0 at the start of other songs.
    /// </summary>
    public static long PreRollOf(Score score, Stretch stretch)
    {
        if (stretch.From == 0 && score.Ending != Ending.Loop)
        {
            return 0;
        }

        // Whole blocks, and no more than there are.
        var seconds = stretch.IsWhole(score) ? PreRollSeconds : CutPreRollSeconds;
        var wanted = Math.Min(stretch.From == 0 ? score.Frames - Mixer.BlockFrames : stretch.From, (long)(seconds * PcmFormat.SampleRate));
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

    /// <summary>Fades a block where a stretch begins or ends within the song, in place: what is cut must not click.</summary>
    public static void FadeCuts(Score score, Stretch stretch, long from, Span<float> left, Span<float> right)
    {
        var startEnd = stretch.From > 0 ? stretch.From + CutStartFade : 0;
        var endStart = stretch.To < score.Frames ? stretch.To - CutEndFade : score.Frames;
        if (from >= startEnd && from + left.Length <= endStart)
        {
            return;
        }

        for (var index = 0; index < left.Length; index++)
        {
            var frame = from + index;
            var gain = frame < startEnd ? (frame - stretch.From) / (float)CutStartFade : 1;
            gain *= frame > endStart ? (stretch.To - 1 - frame) / (float)CutEndFade : 1;
            left[index] *= gain;
            right[index] *= gain;
        }
    }

    /// <summary>Frames at the end over which the sound goes to nothing.</summary>
    public static long FadeOf(Score score) => score.Ending == Ending.Loop ? 0 : Math.Max(1, score.FadeFrames);
}
