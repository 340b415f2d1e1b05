namespace MusicRender.Engine.Prompting;

/// <summary>The five project blueprints.</summary>
internal static class BlueprintPresets
{
    internal static readonly IReadOnlyList<ProjectBlueprint> All =
    [
        new()
        {
            Id = "ad_brand_fast_hook",
            DefaultLengthMs = 30_000,
            Kind = "brand spot",
            Demands = ["The hook is there in the first second.", "The middle leaves space for a voice-over.", "It ends on a clean button, with no fade."],
            Sections =
            [
                new("Hook", 8, "hook at once, full groove"),
                new("Verse", 8, "thinner, room for a voice-over"),
                new("Chorus", 10, "the hook returns bigger"),
                new("Button", 4, "short final hit, no fade"),
            ],
        },
        new()
        {
            Id = "podcast_voiceover_loop",
            DefaultLengthMs = 60_000,
            IsInstrumental = true,
            Kind = "voice-over bed",
            Demands = ["The middle of the spectrum stays free for a speaking voice.", "No solos and no sudden changes.", "The last bar leads back into the first, so that it loops without a seam."],
            Sections =
            [
                new("Loop A", 16, "the groove and a short motif"),
                new("Loop B", 16, "one instrument answers the motif"),
                new("Loop C", 16, "thinner, bass and chords only"),
                new("Turnaround", 12, "leads back to the first bar"),
            ],
        },
        new()
        {
            Id = "video_game_action_loop",
            DefaultLengthMs = 90_000,
            IsInstrumental = true,
            Kind = "game action loop",
            Demands = ["Build-up, drop, breakdown and climax are clearly told apart.", "The part between intro and exit can be looped.", "Every section starts on its downbeat."],
            Sections =
            [
                new("Intro", 8, "the threat at a distance"),
                new("Build-up", 14, "rising tension, snare and riser"),
                new("Drop", 20, "full force, main motif"),
                new("Breakdown", 14, "half the energy, a held breath"),
                new("Climax", 24, "main motif at its highest"),
                new("Exit", 10, "falls away, ready to loop or leave"),
            ],
        },
        new()
        {
            Id = "meditation_sleep",
            DefaultLengthMs = 180_000,
            IsInstrumental = true,
            Kind = "meditation piece",
            Demands = ["Nothing enters or leaves suddenly.", "No strong beat; the pulse is felt more than heard.", "The end is a long, gentle fade."],
            Sections =
            [
                new("Opening", 28, "one layer, almost silent"),
                new("Settling", 40, "a second layer, slow swell"),
                new("Stillness", 48, "all layers, hardly moving"),
                new("Drifting", 36, "layers leave one by one"),
                new("Fade", 28, "long fade to silence"),
            ],
        },
        new()
        {
            Id = "standalone_song_mini",
            IsRecommended = true,
            DefaultLengthMs = 90_000,
            Kind = "song",
            Demands = ["The verses tell the story, the chorus is a hook that people can sing after one hearing.", "The words stay clear in front of the band."],
            Sections =
            [
                new("Intro", 8, "sets the scene, no singing", "sets the scene"),
                new("Verse 1", 20, "tells where it began", "lead melody, plainly stated"),
                new("Chorus 1", 18, "the hook, wider and brighter", "the main theme, wider and brighter"),
                new("Verse 2", 18, "what happened then", "lead melody, with an answer from a second instrument"),
                new("Chorus 2", 18, "the hook again, fullest", "the main theme again, fullest"),
                new("Outro", 8, "last words, then the room", "the melody once more, then the room"),
            ],
        },
    ];
}
