using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Takes down what the players play, with the small inexactness of people where the song asks for it.</summary>
internal sealed class ScoreWriter
{
    // As long as the sound of Drum.Riser.
    private const int RiserSeconds = 2;

    private readonly List<Note> _notes = [];
    private readonly List<DrumHit> _hits = [];
    private readonly double _looseness;
    private readonly double _dragMs;
    private SeededRandom _random;

    /// <summary>A writer for a song.</summary>
    /// <param name="looseness">0 (machines) to 1 (loose).</param>
    /// <param name="dragMs">How far snare, chords and tune lie behind the beat, ms.</param>
    /// <param name="seed">The seed of the render.</param>
    public ScoreWriter(double looseness, double dragMs, int seed)
    {
        _looseness = looseness;
        _dragMs = dragMs;
        _random = new SeededRandom(seed, "hands");
    }

    /// <summary>
    /// Writes a note from step to step of a bar. Held notes end with the section; a note that begins after the
    /// section's end is not played.
    /// </summary>
    public void Play(SectionPlan plan, Part part, int bar, double step, double steps, int pitch, double velocity, double lateMs = 0)
    {
        var grid = plan.Grid;
        var late = (long)((lateMs + (part is Part.Chords or Part.Lead or Part.Arpeggio ? _dragMs : 0)) * PcmFormat.SampleRate / 1000);
        var start = grid.FrameOf(bar, step);
        if (start >= grid.End)
        {
            return;
        }

        var end = Math.Min(grid.FrameOf(bar, step + steps), grid.End);
        start = Math.Max(grid.Start, start + late + Drift());
        if (end - start > 64)
        {
            _notes.Add(new Note(start, (int)(end - start), pitch, Touch(plan, velocity), part, plan.TimbreOf(part)));
        }
    }

    /// <summary>Writes a drum stroke at a step of a bar.</summary>
    public void Strike(SectionPlan plan, int bar, double step, Drum drum, double velocity)
    {
        var start = plan.Grid.FrameOf(bar, step);
        if (start < plan.Grid.End)
        {
            var late = drum is Drum.Snare or Drum.Clap or Drum.Rim ? (long)(_dragMs * 0.6 * PcmFormat.SampleRate / 1000) : 0;
            _hits.Add(new DrumHit(Math.Max(plan.Grid.Start, start + late + (Drift() / 2)), drum, Touch(plan, velocity)));
        }
    }

    /// <summary>Writes a riser that ends with the section, if it fits into it.</summary>
    public void Rise(SectionPlan plan, double velocity)
    {
        var start = plan.Grid.End - (RiserSeconds * PcmFormat.SampleRate);
        if (start >= plan.Grid.Start)
        {
            _hits.Add(new DrumHit(start, Drum.Riser, (float)velocity));
        }
    }

    /// <summary>The notes by start; of those that start together, in the order they were written.</summary>
    public Note[] Notes() => [.. _notes.OrderBy(note => note.Start)];

    /// <summary>The drum strokes by start.</summary>
    public DrumHit[] Hits() => [.. _hits.OrderBy(hit => hit.Start)];

    // At most 9 ms early or late, near the beat more often than far from it.
    private long Drift() => (long)((_random.Unit() + _random.Unit() - 1) * _looseness * 0.009 * PcmFormat.SampleRate);

    private float Touch(SectionPlan plan, double velocity)
    {
        var byEnergy = 0.42 + (0.58 * plan.Section.Energy);
        var byHand = 1 + ((_random.Unit() - 0.5) * (0.06 + (0.24 * _looseness)));
        return (float)Math.Clamp(velocity * byEnergy * byHand, 0.02, 1);
    }
}
