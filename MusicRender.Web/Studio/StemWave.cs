using System.Globalization;
using System.Text;
using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Studio;

/// <summary>The waveform of a stem as a shape to draw.</summary>
public static class StemWave
{
    /// <summary>Width of the shape, in its own units: two peaks each.</summary>
    public const int Width = 250;

    /// <summary>Height of the shape, in its own units.</summary>
    public const int Height = 40;

    /// <summary>The path of an SVG of <see cref="Width"/> × <see cref="Height"/>: the peaks about the middle, louder stems taller.</summary>
    /// <param name="stem">Whose.</param>
    /// <param name="loudest">The highest peak of all stems that stand beside it.</param>
    public static string Path(Stem stem, float loudest)
    {
        var path = new StringBuilder();
        for (var at = 0; at < Width; at++)
        {
            Point(path, at == 0 ? 'M' : 'L', at, (Height / 2.0) - HalfHeight(stem, at, loudest));
        }

        for (var at = Width - 1; at >= 0; at--)
        {
            Point(path, 'L', at, (Height / 2.0) + HalfHeight(stem, at, loudest));
        }

        return path.Append('Z').ToString();
    }

    private static double HalfHeight(Stem stem, int at, float loudest)
    {
        var (from, to) = (at * stem.Peaks.Count / Width, Math.Max((at * stem.Peaks.Count / Width) + 1, (at + 1) * stem.Peaks.Count / Width));
        var peak = 0f;
        for (var index = from; index < Math.Min(to, stem.Peaks.Count); index++)
        {
            peak = Math.Max(peak, stem.Peaks[index]);
        }

        // Never nothing: a line says that there is a stem, if a silent one.
        return Math.Max(0.4, peak / Math.Max(loudest, 0.001f) * ((Height / 2.0) - 1));
    }

    private static void Point(StringBuilder path, char verb, int x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{verb}{x} {y:0.#}");
}
