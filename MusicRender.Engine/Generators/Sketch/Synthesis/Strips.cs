using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>The settings of a part's channel.</summary>
/// <param name="Part">Whose.</param>
/// <param name="Level">Fader, linear.</param>
/// <param name="Reverb">Share sent to the reverb in the largest room.</param>
/// <param name="Delay">Share sent to the delay where echo is full.</param>
/// <param name="IsDucked">True when the kick pushes it down.</param>
/// <param name="IsOnTape">True when the tape's drift is heard on it.</param>
/// <param name="Bands">Its equalizer: what others need more than it is taken away.</param>
internal sealed record Strip(Part Part, float Level, float Reverb, float Delay, bool IsDucked, bool IsOnTape, params Band[] Bands);

/// <summary>The mixing desk.</summary>
internal static class Strips
{
    /// <summary>Every part's strip.</summary>
    public static readonly Strip[] All =
    [
        new(Part.Drums, 0.5f, 0.13f, 0, false, false, new Band(BandKind.Bell, 420, -2, 0.8), new Band(BandKind.HighShelf, 8_000, 2)),
        new(Part.Bass, 0.5f, 0.02f, 0, true, false, new Band(BandKind.LowCut, 30), new Band(BandKind.Bell, 280, -2.5, 0.8)),
        new(Part.Chords, 0.3f, 0.5f, 0.1f, true, true, new Band(BandKind.LowCut, 130), new Band(BandKind.Bell, 320, -2, 0.8)),
        new(Part.Pad, 0.18f, 0.7f, 0, true, true, new Band(BandKind.LowCut, 160), new Band(BandKind.Bell, 400, -2, 0.7)),
        new(Part.Arpeggio, 0.26f, 0.5f, 0.8f, true, true, new Band(BandKind.LowCut, 180)),
        new(Part.Lead, 0.37f, 0.5f, 1, false, true, new Band(BandKind.LowCut, 150), new Band(BandKind.Bell, 2_600, 2, 0.8)),
        new(Part.Texture, 0.5f, 0.1f, 0, false, false),
        new(Part.Voice, 0.6f, 0.3f, 0.22f, false, true, new Band(BandKind.LowCut, 120), new Band(BandKind.Bell, 3_000, 2, 0.8)),
    ];
}
