using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the chords: in rhythm, held as a pad, broken into an arpeggio or struck as stabs.</summary>
internal sealed class HarmonyPlayer
{
    private const int Centre = 62;

    private static readonly int[][] Orders =
    [
        [0, 1, 2, 3, 4, 5],
        [0, 2, 1, 3, 2, 4],
        [0, 1, 2, 3, 2, 1],
        [0, 2, 4, 3, 2, 1],
    ];

    private readonly SectionPlan _plan;
    private readonly ScoreWriter _score;
    private readonly List<(Chord Chord, int[] Pitches)> _voicings = [];

    private HarmonyPlayer(SectionPlan plan, ScoreWriter score)
    {
        (_plan, _score) = (plan, score);
        var style = StyleOf(plan);
        int[]? previous = null;
        foreach (var change in plan.Chords.Changes)
        {
            previous = Voicing.Of(change.Chord, style, previous, Centre);
            _voicings.Add((change.Chord, previous));
        }
    }

    /// <summary>Plays a section.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score)
    {
        var player = new HarmonyPlayer(plan, score);
        for (var bar = 0; bar < plan.PlayedBars; bar++)
        {
            if (plan.Plays(Part.Chords, bar))
            {
                player.PlayChords(bar);
            }

            if (plan.Plays(Part.Arpeggio, bar) && plan.Genre.Arpeggio.Figure != Figure.Answer)
            {
                player.PlayArpeggio(bar);
            }
        }

        player.PlayPad();
        player.PlayLast();
    }

    // Who asks for a guitar gets its strings, and power chords only from a driven one.
    private static VoicingStyle StyleOf(SectionPlan plan) => (plan.TimbreOf(Part.Chords), plan.Genre.Chords.Voicing) switch
    {
        (Timbre.DistortedGuitar, var style) => style == VoicingStyle.Shuffle ? style : VoicingStyle.Power,
        (Timbre.AcousticGuitar or Timbre.CleanGuitar, var style) when style is VoicingStyle.Shuffle or VoicingStyle.Rootless => style,
        (Timbre.AcousticGuitar or Timbre.CleanGuitar, _) => VoicingStyle.Guitar,
        (_, VoicingStyle.Guitar or VoicingStyle.Power) => VoicingStyle.Open,
        var (_, style) => style,
    };

    private void PlayChords(int bar)
    {
        var chords = _plan.Genre.Chords;
        var held = "x" + new string('-', Metre.Named(_plan.Genre.Metre).StepsPerBar - 1);
        var pattern = _plan.EnergyAt(bar) switch { >= 0.78 => chords.Full, < 0.45 => chords.Light ?? held, _ => chords.Pattern };

        // A part that is alone has no rests to offer.
        if (pattern.All(letter => letter == '.') && !_plan.Plays(Part.Pad, bar))
        {
            pattern = held;
        }

        foreach (var stroke in _plan.Rhythm.Of(pattern, bar))
        {
            for (double step = stroke.Step, end = Math.Min(stroke.Step + stroke.Steps, _plan.Grid.StepsPerBar - (_plan.StopSteps(bar) / 2)); step < end;)
            {
                var steps = Math.Min(end - step, stroke.Symbol == 'n' ? int.MaxValue : _plan.Chords.StepsLeft(bar, step));
                Strike(Part.Chords, stroke.Symbol, bar, step, steps);
                step += steps;
            }
        }
    }

    private void PlayArpeggio(int bar)
    {
        var arpeggio = _plan.Genre.Arpeggio;
        if (arpeggio.Pattern is { } pattern)
        {
            foreach (var stroke in _plan.Rhythm.Of(pattern, bar))
            {
                Strike(Part.Arpeggio, stroke.Symbol, bar, stroke.Step, stroke.Steps * 0.9);
            }

            return;
        }

        var order = new SeededRandom(_plan.Seed, $"arpeggio {_plan.Section.Form}").Pick(Orders);
        for (var step = 0; step < _plan.Grid.StepsPerBar; step += arpeggio.Steps)
        {
            Strike(Part.Arpeggio, (char)('1' + order[step / arpeggio.Steps % order.Length]), bar, step, arpeggio.Steps * 0.9);
        }
    }

    private void Strike(Part part, char symbol, int bar, double step, double steps)
    {
        var (chord, pitches) = _voicings.Find(voicing => ReferenceEquals(voicing.Chord, symbol == 'n' ? _plan.Chords.After(bar, step) : _plan.Chords.At(bar, step)));
        if (part == Part.Arpeggio)
        {
            pitches = Voicing.Lead(chord, null, Centre + 5);
        }

        // Strummed down on the beat, up between: the strings sound one after the other.
        var isGuitar = part == Part.Chords && _plan.TimbreOf(part) is Timbre.AcousticGuitar or Timbre.CleanGuitar;
        var isUp = step % 4 != 0;
        var velocity = symbol switch { 'X' => 0.86, 'b' => 0.78, _ => isUp ? 0.6 : 0.74 } * (isGuitar ? 0.85 : 1);
        var struck = symbol switch
        {
            'b' => [Math.Min(pitches[0], Voicing.Bass(chord.Root, 40))],
            't' => pitches[^Math.Min(pitches.Length, 3)..] is var upper && pitches.Length <= 3 && pitches.Length > 1 ? pitches[1..] : upper,
            '6' when _plan.Genre.Chords.Voicing == VoicingStyle.Shuffle && part == Part.Chords => [pitches[0], pitches[0] + 9],
            >= '1' and <= '6' => [pitches[(symbol - '1') % pitches.Length] + (12 * ((symbol - '1') / pitches.Length))],
            _ when _plan.Genre.Chords.Voicing == VoicingStyle.Shuffle && part == Part.Chords && pitches.Length > 1 => pitches[..2],
            _ => pitches,
        };
        for (var voice = 0; voice < struck.Length; voice++)
        {
            var order = isUp ? struck.Length - 1 - voice : voice;
            _score.Play(_plan, part, bar, step, steps, struck[voice], velocity, isGuitar && struck.Length > 2 ? order * 7 : 0);
        }
    }

    private void PlayPad()
    {
        var changes = _plan.Chords.Changes;
        int[]? previous = null;
        for (var index = 0; index < changes.Count; index++)
        {
            var (bar, step) = (changes[index].Bar, changes[index].Step);
            previous = Voicing.Lead(changes[index].Chord, previous, Centre);
            for (double from = step, left = Math.Min(_plan.Chords.StepsLeft(bar, step), ((_plan.PlayedBars - bar) * _plan.Grid.StepsPerBar) - step); left > 0;)
            {
                // A chord that lasts for many bars is struck anew every four of them: the arrangement may have changed.
                var steps = Math.Min(left, 4 * _plan.Grid.StepsPerBar);
                var at = bar + (int)(from / _plan.Grid.StepsPerBar);
                if (_plan.Plays(Part.Pad, at))
                {
                    foreach (var pitch in previous)
                    {
                        _score.Play(_plan, Part.Pad, bar, from, steps - 0.25, pitch, 0.62);
                    }

                    // Full sections spread the pad by an octave above.
                    if (_plan.EnergyAt(at) >= 0.85)
                    {
                        _score.Play(_plan, Part.Pad, bar, from, steps - 0.25, previous[0] + 12, 0.5);
                    }
                }

                from += steps;
                left -= steps;
            }
        }
    }

    private void PlayLast()
    {
        var bar = _plan.FinalBar;
        if (bar < 0)
        {
            return;
        }

        var pitches = _voicings.Find(voicing => ReferenceEquals(voicing.Chord, _plan.Chords.At(bar, 0))).Pitches;
        foreach (var part in (ReadOnlySpan<Part>)[Part.Chords, Part.Pad])
        {
            if (_plan.Plays(part, bar))
            {
                foreach (var pitch in pitches)
                {
                    _score.Play(_plan, part, bar, 0, _plan.FinalSteps, pitch, 0.72);
                }
            }
        }
    }
}
