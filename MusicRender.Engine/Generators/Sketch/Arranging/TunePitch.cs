namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A note of a tune where it is played.</summary>
/// <param name="Bar">Bar of the section, from 0.</param>
/// <param name="Step">Step in the bar at which it begins.</param>
/// <param name="Steps">Length in steps; may reach into the next bar.</param>
/// <param name="Pitch">MIDI number.</param>
/// <param name="IsStrong">True on a beat or for a long note.</param>
internal readonly record struct TunePitch(int Bar, int Step, double Steps, int Pitch, bool IsStrong);
