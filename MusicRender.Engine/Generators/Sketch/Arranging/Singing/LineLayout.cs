namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>Shares a section out among its lines: whole bars or halves where the pace allows it, else room by the number of syllables.</summary>
internal static class LineLayout
{
    /// <summary>Syllables a second that are sung without hurry.</summary>
    public const double MostSyllablesASecond = 4.6;

    /// <summary>From which step to before which one each line may be sung, in order, together the whole section.</summary>
    /// <param name="grid">The section's bars.</param>
    /// <param name="syllables">Syllables of each line, 1 or more.</param>
    public static IReadOnlyList<(double From, double To)> Of(BarGrid grid, IReadOnlyList<int> syllables)
    {
        var steps = (grid.End - grid.Start) / grid.StepFrames;
        var lines = syllables.Count;
        foreach (var unit in (ReadOnlySpan<double>)[grid.StepsPerBar * 2, grid.StepsPerBar, grid.StepsPerBar / 2.0])
        {
            var units = Math.Floor((steps / unit) + 0.01);
            if (units < lines)
            {
                continue;
            }

            var borders = Enumerable.Range(0, lines + 1).Select(line => line == lines ? steps : Math.Floor(line * units / lines) * unit).ToArray();
            var windows = Windows(borders);
            // No line may be squeezed for the sake of whole bars.
            var isEven = windows.All(window => window.To - window.From > 0.74 * steps / lines);
            if (isEven && windows.Zip(syllables).All(line => line.Second <= (line.First.To - line.First.From) * grid.StepFrames / Audio.PcmFormat.SampleRate * MostSyllablesASecond))
            {
                return windows;
            }
        }

        // On beats as long as each line keeps one.
        var beat = grid.BeatFrames / grid.StepFrames;
        var total = syllables.Sum(count => count + 2.0);
        var done = 0.0;
        var exact = new double[lines + 1];
        for (var line = 0; line < lines; line++)
        {
            done += syllables[line] + 2.0;
            exact[line + 1] = steps * done / total;
        }

        var onBeats = exact.Select((border, line) => line == lines ? steps : Math.Round(border / beat) * beat).ToArray();
        return Windows(onBeats.Zip(onBeats.Skip(1)).All(pair => pair.Second - pair.First >= beat) ? onBeats : exact);
    }

    private static (double From, double To)[] Windows(double[] borders) => [.. borders.Zip(borders.Skip(1))];
}
