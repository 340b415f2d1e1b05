using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A pitched note.</summary>
/// <param name="Start">First frame, from the start of the song.</param>
/// <param name="Length">Frames until its key is let go.</param>
/// <param name="Pitch">MIDI number; 69 is 440 Hz.</param>
/// <param name="Velocity">0–1.</param>
/// <param name="Part">Who plays it.</param>
/// <param name="Timbre">With which sound.</param>
internal readonly record struct Note(long Start, int Length, int Pitch, float Velocity, Part Part, Timbre Timbre);

/// <summary>A stroke on a drum.</summary>
/// <param name="Start">First frame, from the start of the song.</param>
/// <param name="Drum">Which drum.</param>
/// <param name="Velocity">0–1.</param>
internal readonly record struct DrumHit(long Start, Drum Drum, float Velocity);

/// <summary>A section as it is played.</summary>
/// <param name="Name">As the plan writes it.</param>
/// <param name="Start">First frame.</param>
/// <param name="End">Frame after the last.</param>
/// <param name="Form">What it is in the song.</param>
/// <param name="Energy">0.1–1.</param>
/// <param name="BeatFrames">Frames of a beat; the tempo, stretched so that bars fit.</param>
/// <param name="Texture">The noise under the music.</param>
internal sealed record ScoreSection(string Name, long Start, long End, SectionForm Form, double Energy, double BeatFrames, Texture Texture);

/// <summary>The whole song, note by note: all that the synthesis needs to know.</summary>
internal sealed record Score
{
    /// <summary>Length in frames, exactly that of the plan.</summary>
    public required long Frames { get; init; }

    /// <summary>The sections, without gaps.</summary>
    public required IReadOnlyList<ScoreSection> Sections { get; init; }

    /// <summary>The notes by start.</summary>
    public required Note[] Notes { get; init; }

    /// <summary>The drum strokes by start.</summary>
    public required DrumHit[] Hits { get; init; }

    /// <summary>What is sung.</summary>
    public Vocals Vocals { get; init; } = Vocals.None;

    /// <summary>The drum sounds.</summary>
    public required DrumKit Kit { get; init; }

    /// <summary>How far the kick pushes the other parts down, 0–1.</summary>
    public required double Ducking { get; init; }

    /// <summary>How much room there is, 0–1.</summary>
    public required double Room { get; init; }

    /// <summary>How much echo the tune has, 0–1.</summary>
    public required double Echo { get; init; }

    /// <summary>Frames between echoes: three quarters of a beat of the first section.</summary>
    public required int EchoFrames { get; init; }

    /// <summary>How it is to be recorded and mixed; <see cref="Room"/> and <see cref="Echo"/> are in it as well.</summary>
    public required Production Production { get; init; }

    /// <summary>How it ends.</summary>
    public required Ending Ending { get; init; }

    /// <summary>Frames at the end over which the whole song dies away.</summary>
    public required int FadeFrames { get; init; }

    /// <summary>Seed of all noise.</summary>
    public required int Seed { get; init; }
}
