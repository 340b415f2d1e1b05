namespace MusicRender.Engine.Prompting;

/// <summary>The eight quick starts.</summary>
internal static class QuickStartPresets
{
    internal static readonly IReadOnlyList<QuickStart> All =
    [
        Of("Social media ad", "ad_brand_fast_hook", "bright_pop_electro", "balanced_studio",
            "A bright thirty-second jingle",
            "Pebble is a folding bicycle for people on the fourth floor. It opens in ten seconds at the kerb. Pick up Pebble and be there before the bus."),
        Of("Podcast background", "podcast_voiceover_loop", "lofi_cozy", "exploratory_iterate",
            "A warm bed that loops under talking"),
        Of("Gaming video", "video_game_action_loop", "dark_trap_night", "blueprint_plan_first",
            "Pressure, drop, breath, climax"),
        Of("Meditation track", "meditation_sleep", "lofi_cozy", "exploratory_iterate",
            "Three slow minutes to settle down"),
        Of("Personal song", "standalone_song_mini", "indie_live_band", "balanced_studio",
            "Your story, sung with a band"),
        Of("Epic trailer", "video_game_action_loop", "epic_cinematic", "blueprint_plan_first",
            "Orchestra, drums and one long climb",
            "An ice-breaker leaves harbour to find a ship that stopped answering. Two weeks of fog. Then a light on the ice, and it is moving."),
        Of("Study music", "podcast_voiceover_loop", "lofi_cozy", "exploratory_iterate",
            "Soft beats that stay out of the way",
            "A library at dusk, the third floor by the tall windows. Rain outside, pencils, somebody turning pages. Two more chapters before they close."),
        Of("Birthday song", "standalone_song_mini", "bright_pop_electro", "balanced_studio",
            "Their name in the chorus",
            "Mia turns seven on Saturday. She lost a front tooth on the trampoline and is very proud of it. She wants a cake shaped like a whale. Her brother Jonas has been blowing up balloons since breakfast."),
    ];

    private static QuickStart Of(
        string name, string blueprint, string sound, string delivery, string summary, string? story = null) =>
        new()
        {
            Name = name,
            Blueprint = blueprint,
            Sound = sound,
            Delivery = delivery,
            Summary = summary,
            StoryExample = story,
        };
}
