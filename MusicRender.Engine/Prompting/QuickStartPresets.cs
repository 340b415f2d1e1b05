namespace MusicRender.Engine.Prompting;

/// <summary>The eight quick starts.</summary>
internal static class QuickStartPresets
{
    internal static readonly IReadOnlyList<QuickStart> All =
    [
        Of("social_media_ad", "ad_brand_fast_hook", "bright_pop_electro", "balanced_studio"),
        Of("podcast_background", "podcast_voiceover_loop", "lofi_cozy", "exploratory_iterate"),
        Of("gaming_video", "video_game_action_loop", "dark_trap_night", "blueprint_plan_first"),
        Of("meditation_track", "meditation_sleep", "lofi_cozy", "exploratory_iterate"),
        Of("personal_song", "standalone_song_mini", "indie_live_band", "balanced_studio"),
        Of("epic_trailer", "video_game_action_loop", "epic_cinematic", "blueprint_plan_first"),
        Of("study_music", "podcast_voiceover_loop", "lofi_cozy", "exploratory_iterate"),
        Of("birthday_song", "standalone_song_mini", "bright_pop_electro", "balanced_studio"),
    ];

    private static QuickStart Of(string id, string blueprint, string sound, string delivery) =>
        new() { Id = id, Blueprint = blueprint, Sound = sound, Delivery = delivery };
}
