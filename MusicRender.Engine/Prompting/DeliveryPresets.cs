namespace MusicRender.Engine.Prompting;

/// <summary>The five ways to make a track.</summary>
internal static class DeliveryPresets
{
    internal static readonly IReadOnlyList<DeliveryControl> All =
    [
        new()
        {
            Id = "exploratory_iterate",
            Freedom = 5,
            Directions = ["Treat the structure as a sketch: fills, transitions and small melodies are free.", "Keep the sound warm and organic."],
            Styles = ["warm", "organic", "loose arrangement"],
            Unwanted = ["rigid quantization"],
        },
        new()
        {
            Id = "balanced_studio",
            Freedom = 3,
            IsRecommended = true,
            Directions = ["Polished, balanced mix, ready for radio.", "Smooth transitions between the sections."],
            Styles = ["polished studio mix", "radio-ready", "balanced levels"],
            Unwanted = ["muddy mix", "clipping"],
        },
        new()
        {
            Id = "blueprint_plan_first",
            Freedom = 1,
            Directions = ["Keep strictly to the structure and its timing.", "A riser leads into each change and an impact marks it."],
            Styles = ["strict structure", "risers and impacts", "exact timing"],
            Unwanted = ["improvised sections"],
        },
        new()
        {
            Id = "live_one_take",
            Freedom = 4,
            Directions = ["Played in one take by people in one room: the timing breathes and small imperfections stay in.", "Let the room be heard."],
            Styles = ["live one-take feel", "human timing", "room ambience"],
            Unwanted = ["quantized", "over-produced"],
        },
        new()
        {
            Id = "isolation_stems",
            Freedom = 2,
            Directions = ["Dry and well separated: each instrument has its own place in the spectrum.", "Clean starts and stops, so that every part can be cut or muted."],
            Styles = ["dry mix", "clear separation", "edit-friendly"],
            Unwanted = ["heavy reverb", "smeared transients"],
        },
    ];
}
