namespace MusicRender.Engine.Prompting;

/// <summary>The five ways to make a track.</summary>
internal static class DeliveryPresets
{
    internal static readonly IReadOnlyList<DeliveryControl> All =
    [
        new()
        {
            Id = "exploratory_iterate",
            Label = "Exploratory",
            Summary = "Most freedom, for finding the idea",
            WhatItDoes = "Leaves fills, transitions and small melodies to the generator and asks only for a warm, organic whole. Every take turns out differently.",
            WhenToTakeIt = "At the start, when you want to hear several ideas before you decide.",
            Figures = "most freedom · warm, organic",
            Directions = ["Treat the structure as a sketch: fills, transitions and small melodies are free.", "Keep the sound warm and organic."],
            Styles = ["warm", "organic", "loose arrangement"],
            Unwanted = ["rigid quantization"],
        },
        new()
        {
            Id = "balanced_studio",
            Label = "Balanced",
            Summary = "Polished, and ready to publish",
            WhatItDoes = "Follows the structure, keeps the levels even and finishes with a clean, radio-ready mix. Nothing sticks out and nothing is missing.",
            WhenToTakeIt = "When you want one good track and no surprises.",
            Figures = "medium freedom · radio-ready",
            IsRecommended = true,
            Directions = ["Polished, balanced mix, ready for radio.", "Smooth transitions between the sections."],
            Styles = ["polished studio mix", "radio-ready", "balanced levels"],
            Unwanted = ["muddy mix", "clipping"],
        },
        new()
        {
            Id = "blueprint_plan_first",
            Label = "Blueprint",
            Summary = "The plan is the law",
            WhatItDoes = "Holds every section to its length, announces each change with a riser and marks it with an impact, so that cuts in a picture land on the beat.",
            WhenToTakeIt = "When the music has to fit a picture, a game state or a script.",
            Figures = "least freedom · exact timing",
            Directions = ["Keep strictly to the structure and its timing.", "A riser leads into each change and an impact marks it."],
            Styles = ["strict structure", "risers and impacts", "exact timing"],
            Unwanted = ["improvised sections"],
        },
        new()
        {
            Id = "live_one_take",
            Label = "Live take",
            Summary = "One room, one take",
            WhatItDoes = "Plays everything as if it had been recorded together: the tempo breathes, the room is audible, small imperfections stay in.",
            WhenToTakeIt = "For songs that should feel near and human rather than perfect.",
            Figures = "human timing · audible room",
            Directions = ["Played in one take by people in one room: the timing breathes and small imperfections stay in.", "Let the room be heard."],
            Styles = ["live one-take feel", "human timing", "room ambience"],
            Unwanted = ["quantized", "over-produced"],
        },
        new()
        {
            Id = "isolation_stems",
            Label = "Stems",
            Summary = "Dry and separate, for the edit",
            WhatItDoes = "Keeps the instruments apart: little reverb, clear gaps in the spectrum, clean starts and stops. Easy to cut, mute and mix again.",
            WhenToTakeIt = "When you are going to edit, remix or split the track into stems.",
            Figures = "dry · separated, easy to edit",
            Directions = ["Dry and well separated: each instrument has its own place in the spectrum.", "Clean starts and stops, so that every part can be cut or muted."],
            Styles = ["dry mix", "clear separation", "edit-friendly"],
            Unwanted = ["heavy reverb", "smeared transients"],
        },
    ];
}
