import type { PromptRequest } from "musicrender-client";

export interface Choice<Id extends string> {
  id: Id;
  name: string;
  about: string;
}

export const purposes: Choice<PromptRequest["project_blueprint"]>[] = [
  { id: "standalone_song_mini", name: "A song", about: "90 s, sung, verse and chorus" },
  { id: "ad_brand_fast_hook", name: "An ad", about: "30 s, the hook at once" },
  { id: "podcast_voiceover_loop", name: "Under a voice", about: "60 s, loops without a seam" },
  { id: "video_game_action_loop", name: "A game", about: "90 s, build-up, drop, climax" },
  { id: "meditation_sleep", name: "Rest", about: "Three slow minutes" },
];

export const sounds: Choice<PromptRequest["sound_profile"]>[] = [
  { id: "lofi_cozy", name: "Lo-fi", about: "Warm, swung, 85–105 BPM" },
  { id: "bright_pop_electro", name: "Bright pop", about: "Euphoric, 110–125 BPM" },
  { id: "dark_trap_night", name: "Dark trap", about: "Half-time, heavy" },
  { id: "epic_cinematic", name: "Cinematic", about: "Orchestra and electronics" },
  { id: "indie_live_band", name: "Indie band", about: "Drums, bass, guitars, keys" },
];

export const manners: Choice<PromptRequest["delivery_and_control"]>[] = [
  { id: "balanced_studio", name: "Polished", about: "Ready for the radio" },
  { id: "exploratory_iterate", name: "Free", about: "Loose, organic" },
  { id: "blueprint_plan_first", name: "Strict", about: "Exact structure" },
  { id: "live_one_take", name: "One take", about: "Human, with its flaws" },
  { id: "isolation_stems", name: "Dry", about: "Separated, easy to edit" },
];
