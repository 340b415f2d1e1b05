using System.Numerics.Tensors;

namespace MusicRender.Engine.Audio;

/// <summary>
/// A waveform fine enough for every zoom: one byte for each <see cref="FramesPerPeak"/> frames of a track. Ten minutes are
/// 200 KB, and a look over all of it takes microseconds: coarser levels need not be kept.
/// </summary>
/// <param name="peaks">The peaks, 0–255, over the whole length.</param>
public sealed class Waveform(byte[] peaks)
{
    /// <summary>Frames at <see cref="PcmFormat.SampleRate"/> that one peak stands for: 3 ms.</summary>
    public const int FramesPerPeak = 128;

    /// <summary>Peaks that a track of so many frames has.</summary>
    public static int PointsOf(long frames) => (int)Math.Max(1, (frames + FramesPerPeak - 1) / FramesPerPeak);

    /// <summary>Peaks, 0–1, as the bytes that are kept.</summary>
    public static byte[] ToBytes(IReadOnlyList<float> peaks) => [.. peaks.Select(peak => (byte)MathF.Round(Math.Clamp(peak, 0f, 1f) * 255f))];

    /// <summary>The highest peaks of equal parts of a window.</summary>
    /// <param name="from">The window's start, 0–1 of the length.</param>
    /// <param name="to">Its end, after the start, at most 1.</param>
    /// <param name="points">How many parts; more than there are peaks repeats them.</param>
    /// <returns>That many values, 0–1.</returns>
    public float[] Window(double from, double to, int points)
    {
        var window = new float[points];
        for (var point = 0; point < points; point++)
        {
            var start = (int)Math.Clamp(At(point), 0, peaks.Length - 1);
            var end = (int)Math.Clamp(Math.Ceiling(At(point + 1)), start + 1, peaks.Length);
            window[point] = MathF.Round(TensorPrimitives.Max<byte>(peaks.AsSpan(start, end - start)) / 255f, 3);
        }

        return window;

        double At(int point) => (from + ((to - from) * point / points)) * peaks.Length;
    }
}
