using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A stroke of a pattern.</summary>
/// <param name="Step">Where in the bar, in steps.</param>
/// <param name="Steps">How long.</param>
/// <param name="Symbol">The pattern's letter.</param>
internal readonly record struct Stroke(int Step, int Steps, char Symbol);

/// <summary>Reads patterns of sixteen steps a bar, and fits them to other bars.</summary>
internal static class Rhythm
{
    /// <summary>The strokes of a bar: a letter starts one, - holds it, . is silence.</summary>
    public static List<Stroke> Of(string pattern, Metre metre, int bar)
    {
        var strokes = new List<Stroke>();
        var bars = Math.Max(1, pattern.Length / 16);
        var offset = bar % bars * 16;
        for (var step = 0; step < metre.StepsPerBar; step++)
        {
            var symbol = SymbolAt(pattern, offset, metre, step);
            if (symbol is '-' or '.')
            {
                continue;
            }

            var end = step + 1;
            while (end < metre.StepsPerBar && SymbolAt(pattern, offset, metre, end) == '-')
            {
                end++;
            }

            strokes.Add(new Stroke(step, end - step, symbol));
        }

        return strokes;
    }

    // Beat by beat: a bar of more beats begins the pattern again, one of fewer leaves it early.
    private static char SymbolAt(string pattern, int offset, Metre metre, int step)
    {
        if (metre.IsCommon)
        {
            return pattern[(offset + step) % pattern.Length];
        }

        var beat = step / metre.StepsPerBeat % 4;
        var within = step % metre.StepsPerBeat;
        if (metre.StepsPerBeat != 6)
        {
            var spacing = metre.StepsPerBeat == 2 ? 2 : 1;
            return pattern[(offset + (beat * 4) + (within * spacing)) % pattern.Length];
        }

        // A dotted quarter: the beat and its last eighth take the strokes of the quarter's first and second half.
        return within switch
        {
            0 => pattern[(offset + (beat * 4)) % pattern.Length],
            4 => pattern[(offset + (beat * 4) + 2) % pattern.Length],
            _ => pattern[(offset + (beat * 4)) % pattern.Length] == '.' && within < 4 ? '.' : '-',
        };
    }
}
