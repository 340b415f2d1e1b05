namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>How the song is to be recorded and mixed.</summary>
/// <param name="Room">How much room there is, 0 (dry) to 1 (cathedral).</param>
/// <param name="Echo">How much echo the tune has, 0–1.</param>
/// <param name="Width">How wide it is, 0 (mono) to 1; 0.5 is usual.</param>
/// <param name="Tape">How worn the tape is, 0 (none) to 1: wow, rolled-off highs.</param>
/// <param name="Crush">How few bits there are, 0 (all) to 1.</param>
/// <param name="Drive">How hard everything is driven, 0–1.</param>
internal readonly record struct Production(double Room, double Echo, double Width, double Tape, double Crush, double Drive);
