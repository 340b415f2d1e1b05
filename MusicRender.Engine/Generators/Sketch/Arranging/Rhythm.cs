using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A stroke of a pattern.</summary>
/// <param name="Step">Where in the bar, in steps.</param>
/// <param name="Steps">How long.</param>
/// <param name="Symbol">The pattern's letter.</param>
internal readonly record struct Stroke(int Step, int Steps, char Symbol);

/// <summary>Reads patterns that are written for bars of one metre, and fits them to bars of another.</summary>
/// <param name="Written">The metre that the patterns are written for.</param>
/// <param name="Played">The song's.</param>
internal readonly record struct Rhythm(Metre Written, Metre Played)
{
    /// <summary>The strokes of a bar: a letter starts one, - holds it, . is silence.</summary>
    public List<Stroke> Of(string pattern, int bar)
    {
        var strokes = new List<Stroke>();
        for (var step = 0; step < Played.StepsPerBar; step++)
        {
            var symbol = At(pattern, bar, step);
            if (symbol is '-' or '.')
            {
                continue;
            }

            var end = step + 1;
            while (end < Played.StepsPerBar && At(pattern, bar, end) == '-')
            {
                end++;
            }

            strokes.Add(new Stroke(step, end - step, symbol));
        }

        return strokes;
    }

    /// <summary>The letter at a step of a bar.</summary>
    public char At(string pattern, int bar, int step)
    {
        var offset = bar * Written.StepsPerBar;
        if (Written == Played)
        {
            return pattern[(offset + step) % pattern.Length];
        }

        // Beat by beat: a bar of more beats begins the pattern again, one of fewer leaves it early.
        var (beat, within) = (step / Played.StepsPerBeat, step % Played.StepsPerBeat);
        if (Played.StepsPerBeat == 2)
        {
            // Eighths that are counted one by one: the pattern's eighths, as many as the bar has.
            return pattern[(offset + (step % Written.StepsPerBar)) % pattern.Length];
        }

        var start = offset + (beat % Written.Beats * Written.StepsPerBeat);
        var place = (Written.StepsPerBeat, Played.StepsPerBeat, within) switch
        {
            (4, 6, 0) or (6, 4, 0) => 0,
            (4, 6, 4) => 2,
            (6, 4, 2) => 4,
            (4, 6, _) or (6, 4, _) => -1,
            _ => within % Written.StepsPerBeat,
        };
        return place >= 0
            ? pattern[(start + place) % pattern.Length]
            : pattern[start % pattern.Length] == '.' ? '.' : '-';
    }
}
