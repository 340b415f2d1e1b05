using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>How a delivery sounds.</summary>
/// <param name="Pulse">The form of the glottal pulses.</param>
/// <param name="Voice">Level of the pulses.</param>
/// <param name="Breath">Level of the breath, of the voice's.</param>
/// <param name="Brightness">How far highs are raised: see <see cref="VocalTract.Brightness"/>.</param>
/// <param name="Vibrato">Cents up and down.</param>
/// <param name="Consonants">Level of the consonants' noise.</param>
internal sealed record VoiceStyle(GlottalPulse Pulse, float Voice, float Breath, float Brightness, float Vibrato, float Consonants)
{
    /// <summary>The style of a singer.</summary>
    public static VoiceStyle Of(Singer singer) => singer.Delivery switch
    {
        Delivery.Breathy => new(GlottalPulse.Breathy, 0.9f, 0.12f, 6, 18, 0.8f),
        Delivery.Powerful => new(GlottalPulse.Pressed, 1.05f, 0.025f, 10, 36, 1),
        Delivery.Rapped => new(GlottalPulse.Pressed, 0.85f, 0.04f, 9, 0, 1.2f),
        Delivery.Whispered => new(GlottalPulse.Breathy, 0, 1.2f, 3, 0, 1.2f),
        _ => new(GlottalPulse.Modal, 1, 0.035f, 8, 28, 1),
    };
}
