using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A slow wave that runs a whole number of times in a song, so that a song played in a circle does not notice its seam.
/// </summary>
/// <param name="hertz">About how often a second.</param>
/// <param name="songFrames">Length of the song.</param>
internal readonly struct Lfo(double hertz, long songFrames)
{
    private readonly double _turnsAFrame = Math.Max(1, Math.Round(hertz * songFrames / PcmFormat.SampleRate)) / songFrames;

    /// <summary>Its place in the cycle at a frame, 0–1; frames may be negative.</summary>
    public double PhaseAt(long frame)
    {
        var turns = frame * _turnsAFrame;
        return turns - Math.Floor(turns);
    }

    /// <summary>Its value at a frame, −1 to 1, some share of a cycle later.</summary>
    public double SineAt(long frame, double later = 0) => Math.Sin(2 * Math.PI * (PhaseAt(frame) + later));
}
