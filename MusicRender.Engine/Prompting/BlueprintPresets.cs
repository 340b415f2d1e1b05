namespace MusicRender.Engine.Prompting;

/// <summary>The five project blueprints.</summary>
internal static class BlueprintPresets
{
    internal static readonly IReadOnlyList<ProjectBlueprint> All =
    [
        new()
        {
            Id = "ad_brand_fast_hook",
            Label = "Ad / brand spot",
            Summary = "Thirty seconds that say who you are",
            WhatItDoes = "Opens on the hook, with no introduction to sit through. The middle thins out so that a voice-over has room, the hook returns bigger, and a short button ending closes the spot on the beat.",
            WhenToTakeIt = "For a social clip, a pre-roll, a shop opening or anything that has to be recognised by its first three seconds.",
            Figures = "30 s · hook at once, button ending",
            DefaultLengthMs = 30_000,
            StoryHeading = "What should people remember?",
            StoryHint = "Name the thing, say who it is for, and describe the moment in which they reach for it.",
            StoryExample = "Juniper is a small bakery on Mill Lane. We light the ovens at four in the morning, so the bread is warm when the first commuters come by. Our regulars smell the cinnamon before they see the door.",
            StoryTips =
            [
                "Put the name in exactly as it should be sung.",
                "One concrete moment beats a list of qualities: the warm bread, not the excellence.",
                "Say who is listening: commuters, new parents, Sunday cyclists.",
                "If there is a slogan, write it as a sentence of its own.",
            ],
            StoryUse = "The name and one or two images become the sung jingle. With \"Instrumental only\" they set the mood instead.",
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
            Label = "Podcast bed",
            Summary = "A minute that loops under a voice",
            WhatItDoes = "Keeps out of the range where people speak: few notes in the middle, no solos, no sudden changes. The last bar leads back into the first, so that it can run for as long as the talking does.",
            WhenToTakeIt = "For intros, interviews, tutorials, study streams and hold music: wherever words come first.",
            Figures = "60 s · instrumental, seamless loop",
            DefaultLengthMs = 60_000,
            IsInstrumental = true,
            StoryHeading = "What is being said over it?",
            StoryHint = "Describe the show, the listener and how the room should feel while somebody talks.",
            StoryExample = "A weekly walk through old maps with a retired surveyor. Unhurried, curious, a little dusty: tea going cold on the drawing table while somebody unrolls another sheet.",
            StoryTips =
            [
                "Say how fast people talk on the show; the music will stay out of their way.",
                "Name the room you imagine: a kitchen, a night train, a workshop.",
                "Two moods are enough; five cancel each other out.",
                "Mention what must not happen, such as a big drum or a sad piano.",
            ],
            StoryUse = "Nothing is sung. The story sets mood, pace and colours.",
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
            Label = "Game music",
            Summary = "An action loop with a way in and a way out",
            WhatItDoes = "Builds pressure, releases it in a drop, takes a breath and then climbs to its highest point. The part between intro and exit can be looped for as long as the level lasts.",
            WhenToTakeIt = "For fights, chases and boss rooms, gameplay videos, or training sessions that need a push.",
            Figures = "90 s · instrumental, intro, loop, exit",
            DefaultLengthMs = 90_000,
            IsInstrumental = true,
            StoryHeading = "What happens on the screen?",
            StoryHint = "Describe the place, the opponent and the moment at which everything tips over.",
            StoryExample = "A flooded clock tower at night. The player climbs while the water rises and a mechanical heron hunts between the gears. At the top the bell breaks loose.",
            StoryTips =
            [
                "Name the place; stone, neon and swamp do not sound alike.",
                "Say what moves and how fast: wings, wheels, footsteps.",
                "Give the turning point one sentence, and the climax will aim for it.",
                "Mention sounds the game already makes, so that the music can leave them room.",
            ],
            StoryUse = "Nothing is sung. The story decides colours, pace and where the climax hits.",
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
            Label = "Meditation",
            Summary = "Three slow minutes with no corners",
            WhatItDoes = "Changes so slowly that nothing asks for attention. Layers enter one at a time, stay, and leave in the same order; the end fades until it is not there any more.",
            WhenToTakeIt = "For breathing exercises, yoga, falling asleep, or a quiet half hour at a desk.",
            Figures = "3 min · instrumental, slow change, gentle fade",
            DefaultLengthMs = 180_000,
            IsInstrumental = true,
            StoryHeading = "Where should the mind go?",
            StoryHint = "Describe a place that calms you: what is near, what is far, what hardly moves.",
            StoryExample = "A wooden jetty on a lake just before sunrise. Mist on the water, one bird a long way off, the boards still warm from yesterday. Nothing needs doing.",
            StoryTips =
            [
                "Name one place and stay there.",
                "Say what is near and what is far away; it becomes the depth of the sound.",
                "Mention the time of day and the temperature.",
                "If a breathing rhythm matters, write it down: in for four, out for six.",
            ],
            StoryUse = "Nothing is sung. The story becomes the place: its distance, warmth and stillness.",
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
            Label = "Mini song",
            Summary = "A whole song in ninety seconds",
            WhatItDoes = "Two verses tell what happened, the chorus says what it means and comes back so that you can sing along. An intro and an outro frame it like a song of full length.",
            WhenToTakeIt = "For a birthday, a wedding, a farewell, a love letter, or a story that wants to be sung.",
            Figures = "90 s · sung, two verses and a chorus",
            IsRecommended = true,
            DefaultLengthMs = 90_000,
            StoryHeading = "What should the song tell?",
            StoryHint = "Write it as you would tell a friend: who, where, what happened, what stayed.",
            StoryExample = "My grandmother Rosa kept bees behind the railway station in Turin. Every summer I rode my blue bicycle to her garden. She taught me to stand still and listen. The hives are gone, but I still hear the garden when a train goes by.",
            StoryTips =
            [
                "Names and places make it yours: Rosa, Turin, the blue bicycle.",
                "Short sentences turn into lines; four to ten words sing well.",
                "Keep the sentence that matters most for the end: it can become the chorus.",
                "What you saw and heard carries further than what you felt about it.",
            ],
            StoryUse = "Your names, images and short sentences become the lyrics.",
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
