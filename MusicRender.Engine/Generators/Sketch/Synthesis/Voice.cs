using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>One note at a time. A voice is used again for another note when the first is over.</summary>
internal abstract class Voice
{
    private int _heldFrames;
    private int _segmentLeft;

    /// <summary>True while it sounds.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The number of the instrument that it plays into.</summary>
    public int Instrument { get; private set; }

    /// <summary>Gain to the left and right channel.</summary>
    public (float Left, float Right) Pan { get; private set; }

    /// <summary>How loud it is now, for choosing which voice to give up when all are taken.</summary>
    public abstract float Loudness { get; }

    /// <summary>Begins a note.</summary>
    /// <param name="note">The note.</param>
    /// <param name="patch">Its sound, of this voice's kind.</param>
    /// <param name="instrument">The number of the instrument that it plays into.</param>
    /// <param name="pan">−1 (left) to 1 (right).</param>
    /// <param name="noise">Seed of its noise.</param>
    public void Begin(Note note, Patch patch, int instrument, float pan, ulong noise)
    {
        IsActive = true;
        Instrument = instrument;
        var angle = (pan + 1) * MathF.PI / 4;
        Pan = (MathF.Cos(angle), MathF.Sin(angle));
        _heldFrames = note.Length;
        _segmentLeft = 0;
        Start(note, patch, 440 * Math.Pow(2, (note.Pitch - 69) / 12.0), noise);
    }

    /// <summary>Silences it at once.</summary>
    public void Stop() => IsActive = false;

    /// <summary>Fills the span with its next frames (mono); what follows its end is silence.</summary>
    public void Render(Span<float> output)
    {
        while (output.Length > 0)
        {
            if (_segmentLeft == 0)
            {
                if (!Advance(_heldFrames > 0))
                {
                    IsActive = false;
                    output.Clear();
                    return;
                }

                _segmentLeft = Envelope.Segment;
            }

            var frames = Math.Min(_segmentLeft, output.Length);
            RenderSegment(output[..frames]);
            output = output[frames..];
            _segmentLeft -= frames;
            _heldFrames -= frames;
        }
    }

    /// <summary>Sets the voice up for a note.</summary>
    protected abstract void Start(Note note, Patch patch, double frequency, ulong noise);

    /// <summary>Goes on to the next control step; false when the note is over.</summary>
    protected abstract bool Advance(bool isHeld);

    /// <summary>Renders frames within a control step.</summary>
    protected abstract void RenderSegment(Span<float> output);
}
