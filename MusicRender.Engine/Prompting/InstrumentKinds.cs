namespace MusicRender.Engine.Prompting;

/// <summary>Tells instruments that carry a melody from those that do not, by their names.</summary>
internal static class InstrumentKinds
{
    private static readonly string[] Percussive =
        ["drum", "kick", "snare", "hi-hat", "percussion", "clap", "snap", "breakbeat", "taiko", "timpani", "808", "impact", "stab", "siren", "ostinato", "pulse", "tambourine", "shaker", "conga", "bongo", "cajon", "palmas", "stomp", "beat"];

    private static readonly string[] Background = ["crackle", "rain", "sweep", "noise", "texture", "recording", "bass", "pads"];

    /// <summary>True for what makes a beat or a hit.</summary>
    internal static bool IsPercussive(string instrument) =>
        Percussive.Any(word => instrument.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for what can play a tune that a listener follows.</summary>
    internal static bool IsMelodic(string instrument) =>
        !IsPercussive(instrument) && !Background.Any(word => instrument.Contains(word, StringComparison.OrdinalIgnoreCase));
}
