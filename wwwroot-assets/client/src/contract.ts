// Made from docs/api by scripts/generate.mjs. Do not edit: npm run generate.

/** Version of the contracts that this client was made from. */
export const contractVersion = "1.3.0";

/** A plan in one of its three shapes. */
export type AnyPlan = CompositionPlan | ChunkPlan | PromptPlan;

/** Stop the render. */
export interface CancelCommand {
  type: "cancel";
}

/** A plan of chunks: the shape of newer ElevenLabs models. All chunks together take 3000 to 600000 ms. */
export interface ChunkPlan {
  /** What the track is called. 0 to 300 characters. */
  title?: string | null;
  /** In playing order. 1 to 30 items. */
  chunks: PlanChunk[];
  /** `sketch`, `elevenlabs`; the configured one when it is not there. */
  generator?: string | null;
  /** With Sketch the same plan and seed give the same bytes; a random one when it is not there. 0 to 2147483647. */
  seed?: number | null;
  /** For example `mp3_44100_192`. */
  output_format?: string | null;
  /** ElevenLabs: the model. */
  model_id?: string | null;
  /** ElevenLabs: keep the song for inpainting. */
  store_for_inpainting?: boolean | null;
  /** ElevenLabs: when each word is sung. */
  with_timestamps?: boolean | null;
  /** ElevenLabs: sign the file. */
  sign_with_c2pa?: boolean | null;
  /** ElevenLabs: a custom style model, see `GET /finetunes`. */
  finetune_id?: string | null;
  /** ElevenLabs: its strength; 1 is full. Above 0 to 2. */
  finetune_strength?: number | null;
  /** Belongs to another shape. */
  sections?: null;
  /** Belongs to another shape. */
  prompt?: null;
  /** Belongs to another shape. */
  composition_plan?: null;
}

/** A plan of sections: the shape that people edit. All sections together take 3000 to 600000 ms. */
export interface CompositionPlan {
  /** What the track is called. 0 to 300 characters. */
  title?: string | null;
  /** Wanted everywhere. 0 to 50 items. */
  positive_global_styles?: string[];
  /** Unwanted everywhere; they win over wanted ones. 0 to 50 items. */
  negative_global_styles?: string[];
  /** In playing order. 1 to 30 items. */
  sections: PlanSection[];
  /** `sketch`, `elevenlabs`; the configured one when it is not there. */
  generator?: string | null;
  /** With Sketch the same plan and seed give the same bytes; a random one when it is not there. 0 to 2147483647. */
  seed?: number | null;
  /** For example `mp3_44100_192`. */
  output_format?: string | null;
  /** ElevenLabs: the model. */
  model_id?: string | null;
  /** ElevenLabs: keep the song for inpainting. */
  store_for_inpainting?: boolean | null;
  /** ElevenLabs: when each word is sung. */
  with_timestamps?: boolean | null;
  /** ElevenLabs: sign the file. */
  sign_with_c2pa?: boolean | null;
  /** ElevenLabs: a custom style model, see `GET /finetunes`. */
  finetune_id?: string | null;
  /** ElevenLabs: its strength; 1 is full. Above 0 to 2. */
  finetune_strength?: number | null;
  /** Belongs to another shape. */
  chunks?: null;
  /** Belongs to another shape. */
  prompt?: null;
  /** Belongs to another shape. */
  composition_plan?: null;
}

/** A render failed, or the request was not understood. */
export interface ErrorMessage {
  /** "progress", "result" or "error". */
  type: "error";
  /** INVALID_REQUEST, VALIDATION_ERROR or SERVER_ERROR. */
  error_code: "INVALID_REQUEST" | "VALIDATION_ERROR" | "SERVER_ERROR";
  /** For people. */
  message: string;
  /** When, UTC. */
  timestamp: string;
  /** For programs: an object, or not there. */
  details?: Record<string, unknown>;
  /** The render, when there is one. */
  render_id?: string;
  /** Its place in the render's log, when there is one. At least 1. */
  sequence?: number;
}

/** A custom style model of the account. */
export interface Finetune {
  /** For `finetune_id`. */
  id: string;
  /** As its maker called it. */
  name: string;
  /** The music model it goes with. */
  model_id: string;
  /** Or null. */
  primary_genre: null | string;
  /** As its maker set them. */
  tags: string[];
  /** "private", "workspace", "public". */
  visibility: string;
  /** "self", "workspace", "elevenlabs". */
  created_by: string;
  /** "completed" when it can be used. */
  status: string;
  /** UTC, or null when the upstream did not say. */
  created_at: null | string;
}

/** A page of custom style models: `GET /finetunes`. */
export interface FinetunePage {
  /** The page. */
  finetunes: Finetune[];
  /** How many match in all. */
  total: number;
  /** 1, 2, …. */
  page: number;
  /** Models a page. */
  page_size: number;
  /** When the upstream said so, UTC. */
  asked_at: string;
}

/** Answer of `GET /health` and `GET /ready`. */
export interface Health {
  /** "healthy" or "degraded". */
  status: "healthy" | "degraded";
  /** "musicrender". */
  service: "musicrender";
  /** The program's version. */
  version: string;
  /** When, UTC. */
  timestamp: string;
  /** Each dependency: "ok", or what is wrong. */
  checks: Record<string, string>;
}

/** What arrived of a paid render that did not come to its end. */
export interface PartialTake {
  /** Length of what arrived, ms. */
  duration_ms: number;
  /** Bytes of what arrived. */
  file_size_bytes: number;
  /** Where to play it. */
  live_url: string;
  /** Where to post the wish to make a track of it. */
  keep_url: string;
}

/** A track's waveform, or a window of it: `GET /tracks/{id}/peaks`. */
export interface Peaks {
  /** 2 000 values, or as many as were asked for, 0–1, over the window. */
  peaks: number[];
  /** Length of the track, ms. */
  duration_ms: number;
  /** Where the window begins, ms. */
  from_ms: number;
  /** Where it ends, ms. */
  to_ms: number;
}

/** Answer of `POST /plan`. */
export interface PlanAnswer {
  /** The plan, as sections. */
  composition_plan: CompositionPlan;
  /** What is known of the song. */
  song_metadata: SongMetadata;
  /** Null: nothing is sung yet. */
  words_timestamps: null | WordTiming[];
  /** Who wrote the plan: "musicrender", "elevenlabs". */
  written_by: string;
  /** What a person should know, for example that another writer stood in and why; absent when there is nothing. */
  notice?: string;
}

/** One chunk. */
export interface PlanChunk {
  /** Directions and lyrics, usually `[Section name]` and one lyric line a line. 0 to 6000 characters. */
  text: string;
  /** Wanted in this chunk. 0 to 50 items. */
  positive_styles?: string[];
  /** Unwanted in this chunk. 0 to 50 items. */
  negative_styles?: string[];
  /** Length, ms. 3000 to 120000. */
  duration_ms: number;
  /** How closely it keeps to what came before, in ElevenLabs' words. */
  context_adherence?: string | null;
}

/** Request of `POST /plan`. */
export interface PlanRequest {
  /** The prompt. 1 to 4100 characters. */
  prompt: string;
  /** Length, ms; taken from the prompt's words when absent. 3000 to 600000. */
  music_length_ms?: null | number;
  /** The model that the plan is for; the configured one when absent. Our own writer has none. 1 to 100 characters. */
  model_id?: null | string;
}

/** One section. */
export interface PlanSection {
  /** "Verse 1", "Chorus", …. 1 to 100 characters. */
  section_name: string;
  /** Wanted in this section, beside the global ones. 0 to 50 items. */
  positive_local_styles?: string[];
  /** Unwanted in this section. 0 to 50 items. */
  negative_local_styles?: string[];
  /** Length, ms. 3000 to 120000. */
  duration_ms: number;
  /** The lyrics, line by line; empty for an instrumental section. 0 to 30 items. */
  lines?: string[];
  /** Of ElevenLabs; kept. */
  source_from?: unknown;
}

/** What is known of the song. */
export interface PlanSongMetadata {
  /** The title. */
  title?: string | null;
  /** A sentence or two. */
  description?: string | null;
  /** Foremost first. */
  genres?: string[] | null;
  /** Moods. */
  moods?: string[] | null;
  /** Free tags. */
  tags?: string[] | null;
  /** BCP 47. */
  languages?: string[] | null;
  /** Null when nobody judged. */
  is_explicit?: boolean | null;
}

/** Problem details by RFC 9457, as every failed call of the REST API answers. */
export interface Problem {
  /** What kind of problem; "about:blank" says that the status tells. */
  type: string;
  /** The status in words. */
  title: string;
  /** The HTTP status. 400 to 599. */
  status: number;
  /** What happened, in one text for people. */
  detail: string;
  /** The socket's error code, where the problem has one. */
  error_code?: "INVALID_REQUEST" | "VALIDATION_ERROR" | "SERVER_ERROR";
  /** Each problem with its JSON path. */
  errors?: ProblemEntry[];
  /** For programs. */
  details?: Record<string, unknown>;
  /** The request's id. */
  request_id: string;
}

/** One problem of a body. */
export interface ProblemEntry {
  /** JSON path from the body's root. */
  path: string;
  /** What is wrong. */
  message: string;
}

/** How far a render is. */
export interface ProgressMessage {
  /** "progress", "result" or "error". */
  type: "progress";
  /** A stage of the contract's table. */
  stage: "connected" | "validating" | "validated" | "queued" | "generating" | "processing" | "saving" | "extracting" | "complete";
  /** 0–100. 0 to 100. */
  progress_percent: number;
  /** In words. */
  message: string;
  /** When, UTC. */
  timestamp: string;
  /** The render; not there before it was accepted. */
  render_id?: string;
  /** 1, 2, 3, … per render. At least 1. */
  sequence?: number;
  /** 1 is next; only while waiting. At least 1. */
  queue_position?: number;
  /** Seconds until the render is done, the wait included; while it waits or generates, as soon as that is known from measured renders. At least 1. */
  eta_seconds?: number;
  /** Where the audio can be heard while it is being made, as soon as there is any. */
  live_url?: string;
}

/** Answer of `POST /prompt`. */
export interface PromptAnswer {
  /** The prompt. */
  prompt: string;
  /** A title. */
  title: string;
  /** A sentence or two. */
  description: string;
  /** The request's id. */
  request_id: string;
  /** When, UTC. */
  timestamp: string;
  /** The request, with title and description. */
  input_parameters: PromptInput;
}

/** The request as it was understood, with what was written. */
export interface PromptInput {
  /** As asked. */
  project_blueprint: string;
  /** As asked. */
  sound_profile: string;
  /** As asked. */
  delivery_and_control: string;
  /** As asked. */
  instrumental_only: boolean;
  /** As asked. */
  user_narrative: null | string;
  /** As written. */
  title: string;
  /** As written. */
  description: string;
}

/** Only a prompt: the generator, or MusicRender's own writer, makes the plan. */
export interface PromptPlan {
  /** What the track is called. 0 to 300 characters. */
  title?: string | null;
  /** What to make. 1 to 4100 characters. */
  prompt: string;
  /** Length, ms; taken from the prompt's own words when it is not there. 3000 to 600000. */
  music_length_ms?: number | null;
  /** No singing, whatever the prompt says. */
  force_instrumental?: boolean | null;
  /** `sketch`, `elevenlabs`; the configured one when it is not there. */
  generator?: string | null;
  /** With Sketch the same plan and seed give the same bytes; a random one when it is not there. 0 to 2147483647. */
  seed?: number | null;
  /** For example `mp3_44100_192`. */
  output_format?: string | null;
  /** ElevenLabs: the model. */
  model_id?: string | null;
  /** ElevenLabs: keep the song for inpainting. */
  store_for_inpainting?: boolean | null;
  /** ElevenLabs: when each word is sung. */
  with_timestamps?: boolean | null;
  /** ElevenLabs: sign the file. */
  sign_with_c2pa?: boolean | null;
  /** ElevenLabs: a custom style model, see `GET /finetunes`. */
  finetune_id?: string | null;
  /** ElevenLabs: its strength; 1 is full. Above 0 to 2. */
  finetune_strength?: number | null;
  /** Belongs to another shape. */
  sections?: null;
  /** Belongs to another shape. */
  chunks?: null;
  /** Belongs to another shape. */
  composition_plan?: null;
}

/** Request of `POST /prompt`. */
export interface PromptRequest {
  /** A project blueprint's identifier. */
  project_blueprint: "ad_brand_fast_hook" | "podcast_voiceover_loop" | "video_game_action_loop" | "meditation_sleep" | "standalone_song_mini";
  /** A sound profile's identifier. */
  sound_profile: "bright_pop_electro" | "dark_trap_night" | "lofi_cozy" | "epic_cinematic" | "indie_live_band";
  /** A delivery's identifier. */
  delivery_and_control: "exploratory_iterate" | "balanced_studio" | "blueprint_plan_first" | "live_one_take" | "isolation_stems";
  /** No singing; default false. */
  instrumental_only?: null | boolean;
  /** The story; may be null or empty. 0 to 10000 characters. */
  user_narrative?: null | string;
}

/** A render that was accepted: the answer of `POST /renders`. */
export interface RenderAccepted {
  /** The render. */
  id: string;
  /** Where it stands. */
  status_url: string;
  /** Its events. */
  events_url: string;
  /** Its audio while it is made, and afterwards. */
  live_url: string;
}

/** Render a plan. Options may stand in the plan or beside it; what stands inside wins. */
export interface RenderCommand {
  type: "render";
  /** A plan in one of its shapes, or wrapped once more. */
  composition_plan: AnyPlan | WrappedPlan;
  /** The client's own name for this request: what comes again with the same key within 24 hours is the same render, from its first message on. Another request with it is refused: `INVALID_REQUEST`, `details.reason` `idempotency_key_reused`. 1 to 255 characters. */
  idempotency_key?: string | null;
}

/** A message of the socket and of a render's event stream. */
export type RenderMessage = ProgressMessage | ResultMessage | ErrorMessage;

/** A page of renders, newest first: `GET /renders`. */
export interface RenderPage {
  /** The page. */
  renders: RenderStatus[];
  /** How many there are in all. */
  total: number;
  /** 1, 2, …. */
  page: number;
  /** Renders a page. */
  page_size: number;
}

/** A plan in one of its shapes, or wrapped once more. Options (`generator`, `seed`, …) may stand in it, or beside it in the wrapped form. */
export type RenderRequest = CompositionPlan | ChunkPlan | PromptPlan | WrappedPlan;

/** A finished render: `data` of the result message, and the answer of `POST /render`. */
export interface RenderResult {
  /** The file's name. */
  filename: string;
  /** Its path below the library's root. */
  file_path: string;
  /** Where to download it, from the server's root. */
  download_url: string;
  /** Where to play it, from the server's root. */
  stream_url: string;
  /** "audio/mpeg". */
  content_type: string;
  /** Bytes. */
  file_size_bytes: number;
  composition_plan: null | AnyPlan;
  song_metadata: null | SongMetadata;
  /** The request's id. */
  request_id: string;
  /** When it was finished, UTC. */
  timestamp: string;
  /** The render's id, and the track's. */
  id: string;
  /** Length, ms. */
  duration_ms: number;
  /** When the words are sung, or null. */
  words_timestamps: null | WordTiming[];
  /** The generator's name. */
  generator: string;
  /** The seed used. At least 0. */
  seed: number;
  /** What the upstream calls the song, when it said so. */
  song_id?: string;
  /** The plan that the upstream says it followed, when it said so and it is not the one above. */
  upstream_plan?: AnyPlan;
  /** True for a take that did not come to its end and was kept all the same; else not there. */
  is_partial?: boolean;
}

/** Where a render stands: `GET /renders/{id}`. */
export interface RenderStatus {
  /** The render. */
  id: string;
  /** queued, running, succeeded, failed or cancelled. */
  state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
  /** The newest stage, or null before the first. */
  stage: null | string;
  /** 0–100. 0 to 100. */
  progress_percent: number;
  /** In words, or null before the first. */
  message: null | string;
  /** The newest event's number. At least 0. */
  sequence: number;
  /** 1 is next; null when it does not wait. At least 1. */
  queue_position: null | number;
  /** Seconds until it is done, the wait included; null when it has ended, or that is not known from measured renders. At least 1. */
  eta_seconds: null | number;
  /** The title asked for, or null. */
  title: null | string;
  /** The generator's name. */
  generator: string;
  /** Accepted, UTC. */
  created_at: string;
  /** The generator began, UTC, or null. */
  started_at: null | string;
  /** Ended, UTC, or null. */
  finished_at: null | string;
  /** Where the audio can be heard while it is being made, as soon as there is any. */
  live_url: null | string;
  result: null | RenderResult;
  partial_take: null | PartialTake;
  error: null | ErrorMessage;
}

/** A render succeeded. */
export interface ResultMessage {
  /** "progress", "result" or "error". */
  type: "result";
  /** A finished render: `data` of the result message, and the answer of `POST /render`. */
  data: RenderResult;
  /** Its place in the render's log. At least 1. */
  sequence: number;
}

/** Replay a render's messages and go on live. */
export interface ResumeCommand {
  type: "resume";
  /** The render. */
  render_id: string;
  /** The last sequence number that was seen; 0 when it is not there. At least 0. */
  after?: number;
}

/** What is known of a song. */
export interface SongMetadata {
  /** The title, or null. */
  title: null | string;
  /** A sentence or two, or null. */
  description: null | string;
  /** Foremost first. */
  genres: string[];
  /** Moods. */
  moods: string[];
  /** Free tags. */
  tags: string[];
  /** BCP 47. */
  languages: string[];
  /** Null when nobody judged. */
  is_explicit: null | boolean;
  /** Beats a minute. */
  bpm?: number;
  /** "E major". */
  key?: string;
  /** What the generator made of the styles. */
  understood?: string[];
}

/** One stem. */
export interface Stem {
  /** "vocals", "drums", …. */
  name: string;
  /** Its MP3, with ranges. */
  url: string;
  /** Bytes. */
  file_size_bytes: number;
  /** 500 values, 0–1. */
  peaks: number[];
}

/** Why stems were not made. */
export interface StemError {
  /** INVALID_REQUEST, VALIDATION_ERROR or SERVER_ERROR. */
  error_code: "INVALID_REQUEST" | "VALIDATION_ERROR" | "SERVER_ERROR";
  /** For people. */
  message: string;
  details: Record<string, unknown> | null;
}

/** What taking a track apart means. */
export interface StemOffer {
  /** True when it runs on the server and costs nothing; else it uses credits of the upstream's account. */
  is_free: boolean;
}

/** Where a set of stems stands. */
export interface StemSet {
  /** The track. */
  track_id: string;
  /** "two" or "six". */
  set: "two" | "six";
  /** "running", "succeeded" or "failed". */
  state: "running" | "succeeded" | "failed";
  /** 0–100. 0 to 100. */
  progress_percent: number;
  /** What is going on, in words. */
  message: string;
  /** The stems, once done; else empty. */
  stems: Stem[];
  error: null | StemError;
  /** Where this is told. */
  status_url: string;
  /** The same as server-sent events, live. */
  events_url: string;
}

/** A track's stems: `GET /tracks/{id}/stems`. */
export interface Stems {
  /** The track. */
  track_id: string;
  offer: null | StemOffer;
  /** The sets that were asked for. */
  sets: StemSet[];
  /** The track with everything that belongs to it. */
  zip_url: string;
}

/** Request of `POST /tracks/{id}/stems`. */
export interface StemsRequest {
  /** "two" or "six". */
  stems: "two" | "six";
}

/** A track of the library. */
export interface Track {
  /** The id of the render that made it. */
  id: string;
  /** What is shown. */
  title: string;
  /** The person's own tags. */
  tags: string[];
  /** The file's name. */
  filename: string;
  /** Where to play it. */
  stream_url: string;
  /** Where to download it. */
  download_url: string;
  /** "audio/mpeg". */
  content_type: string;
  /** Bytes. */
  file_size_bytes: number;
  /** Length, ms. */
  duration_ms: number;
  /** The generator's name. */
  generator: string;
  /** The seed used. */
  seed: number;
  /** When it was finished, UTC. */
  created_at: string;
  /** What is known of the song. */
  song_metadata: SongMetadata;
  /** The plan. */
  composition_plan: AnyPlan;
  /** When the words are sung, or null. */
  words_timestamps: null | WordTiming[];
  /** What the upstream calls the song, when it said so. */
  song_id?: string;
  /** The plan that the upstream says it followed, when it said so and it is not the one above. */
  upstream_plan?: AnyPlan;
  /** True for a take that did not come to its end and was kept all the same; else not there. */
  is_partial?: boolean;
}

/** Request of `PATCH /tracks/{id}`: what is null stays. */
export interface TrackEdit {
  /** 1–300 characters. 1 to 300 characters. */
  title?: null | string;
  /** At most 50, each 1–100 characters. 0 to 50 items. */
  tags?: null | string[];
}

/** A page of tracks, newest first. */
export interface TrackPage {
  /** The page. */
  tracks: Track[];
  /** How many there are in all. */
  total: number;
  /** 1, 2, …. */
  page: number;
  /** Tracks a page. */
  page_size: number;
}

/** When a sung word sounds. */
export interface WordTiming {
  /** The word as written in the lyrics. */
  word: string;
  /** Start from the beginning of the track, ms. */
  start_ms: number;
  /** End, ms; not before the start. */
  end_ms: number;
}

/** A plan wrapped once more, as `POST /plan` answers. */
export interface WrappedPlan {
  composition_plan: AnyPlan;
  song_metadata?: PlanSongMetadata | null;
  /** The title, where the plan has none. */
  title?: string | null;
  /** `sketch`, `elevenlabs`; the configured one when it is not there. */
  generator?: string | null;
  /** With Sketch the same plan and seed give the same bytes; a random one when it is not there. 0 to 2147483647. */
  seed?: number | null;
  /** For example `mp3_44100_192`. */
  output_format?: string | null;
  /** ElevenLabs: the model. */
  model_id?: string | null;
  /** ElevenLabs: keep the song for inpainting. */
  store_for_inpainting?: boolean | null;
  /** ElevenLabs: when each word is sung. */
  with_timestamps?: boolean | null;
  /** ElevenLabs: sign the file. */
  sign_with_c2pa?: boolean | null;
  /** ElevenLabs: a custom style model, see `GET /finetunes`. */
  finetune_id?: string | null;
  /** ElevenLabs: its strength; 1 is full. Above 0 to 2. */
  finetune_strength?: number | null;
  /** Belongs to another shape. */
  prompt?: null;
}

/** The calls of the REST API that answer with JSON. */
export interface Calls {
  /** Write a prompt: `POST /prompt`. */
  writePrompt: { body: PromptRequest; query: {  }; answer: PromptAnswer };
  /** Write a composition plan: `POST /plan`. */
  writePlan: { body: PlanRequest; query: {  }; answer: PlanAnswer };
  /** Render and wait: `POST /render`. */
  render: { body: RenderRequest; query: {  }; answer: RenderResult };
  /** Start a render: `POST /renders`. */
  startRender: { body: RenderRequest; query: {  }; answer: RenderAccepted };
  /** All renders: `GET /renders`. */
  listRenders: { body: undefined; query: { state?: "queued" | "running" | "succeeded" | "failed" | "cancelled"; page?: number; page_size?: number }; answer: RenderPage };
  /** Where a render stands: `GET /renders/{id}`. */
  findRender: { body: undefined; query: {  }; answer: RenderStatus };
  /** Cancel a render: `POST /renders/{id}/cancel`. */
  cancelRender: { body: undefined; query: {  }; answer: RenderStatus };
  /** Cancel a render by its key: `POST /renders/cancel`. */
  cancelRenderOfKey: { body: undefined; query: {  }; answer: RenderStatus };
  /** Keep what arrived: `POST /renders/{id}/keep`. */
  keepTake: { body: undefined; query: {  }; answer: RenderResult };
  /** Search the library: `GET /tracks`. */
  searchTracks: { body: undefined; query: { query?: string; page?: number; page_size?: number }; answer: TrackPage };
  /** A track's waveform: `GET /tracks/{id}/peaks`. */
  trackPeaks: { body: undefined; query: { from_ms?: number; to_ms?: number; points?: number }; answer: Peaks };
  /** A track: `GET /tracks/{id}`. */
  findTrack: { body: undefined; query: {  }; answer: Track };
  /** Change title and tags: `PATCH /tracks/{id}`. */
  editTrack: { body: TrackEdit; query: {  }; answer: Track };
  /** Remove a track: `DELETE /tracks/{id}`. */
  deleteTrack: { body: undefined; query: {  }; answer: undefined };
  /** The account's custom style models: `GET /finetunes`. */
  listFinetunes: { body: undefined; query: { model_id?: string; visibility?: "private" | "workspace" | "public"; created_by?: "self" | "workspace" | "elevenlabs"; page?: number; page_size?: number; refresh?: "true" | "false" }; answer: FinetunePage };
  /** Take a track apart: `POST /tracks/{id}/stems`. */
  makeStems: { body: StemsRequest; query: {  }; answer: StemSet };
  /** A track's stems: `GET /tracks/{id}/stems`. */
  listStems: { body: undefined; query: {  }; answer: Stems };
  /** Where a set of stems stands: `GET /tracks/{id}/stems/{set}`. */
  findStems: { body: undefined; query: {  }; answer: StemSet };
  /** Health: `GET /health`. */
  health: { body: undefined; query: {  }; answer: Health };
  /** Readiness: `GET /ready`. */
  ready: { body: undefined; query: {  }; answer: Health };
  /** Liveness: `GET /alive`. */
  alive: { body: undefined; query: {  }; answer: Health };
}

/** Method and path of each call. */
export const calls: { readonly [Name in keyof Calls]: string } = {
  writePrompt: "POST /prompt",
  writePlan: "POST /plan",
  render: "POST /render",
  startRender: "POST /renders",
  listRenders: "GET /renders",
  findRender: "GET /renders/{id}",
  cancelRender: "POST /renders/{id}/cancel",
  cancelRenderOfKey: "POST /renders/cancel",
  keepTake: "POST /renders/{id}/keep",
  searchTracks: "GET /tracks",
  trackPeaks: "GET /tracks/{id}/peaks",
  findTrack: "GET /tracks/{id}",
  editTrack: "PATCH /tracks/{id}",
  deleteTrack: "DELETE /tracks/{id}",
  listFinetunes: "GET /finetunes",
  makeStems: "POST /tracks/{id}/stems",
  listStems: "GET /tracks/{id}/stems",
  findStems: "GET /tracks/{id}/stems/{set}",
  health: "GET /health",
  ready: "GET /ready",
  alive: "GET /alive",
};
