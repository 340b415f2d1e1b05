import type { Calls, Peaks, PlanAnswer, PlanRequest, PromptAnswer, PromptRequest, RenderRequest, RenderResult, RenderStatus, Track, TrackEdit, TrackPage } from "./contract.js";
import { asCall, noSocket, RenderSession, type FollowOptions } from "./render.js";
import { Rest, type MusicRenderOptions } from "./rest.js";

export type * from "./contract.js";
export { contractVersion } from "./contract.js";
export { MusicRenderError, type FailureCode } from "./errors.js";
export type { FollowOptions } from "./render.js";
export type { MusicRenderOptions } from "./rest.js";

/** What a render is started with beside its plan. */
export interface RenderOptions extends FollowOptions {
  /** `sketch`, `elevenlabs`; the server's choice when it is not there. */
  generator?: string | undefined;
  /** With Sketch the same plan and seed give the same bytes; 0 to 2147483647. */
  seed?: number | undefined;
  /** For example `mp3_44100_192`. */
  outputFormat?: string | undefined;
  /** ElevenLabs: the model. */
  modelId?: string | undefined;
  /** Your own name for this request, 1 to 255 visible ASCII characters: what is asked again with it within a day is the same render. A random one when it is not there. */
  idempotencyKey?: string | undefined;
}

/** How an ordinary call is made. */
export interface RequestOptions {
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** A MusicRender server. Failures are {@link MusicRenderError}s. */
export class MusicRender {
  readonly #rest: Rest;

  /** @param baseUrl Where the server is, `http://localhost:8000` by default. */
  constructor(baseUrl: string | URL = "http://localhost:8000", options: MusicRenderOptions = {}) {
    this.#rest = new Rest(baseUrl, options);
  }

  /** Turns choices and a story into a prompt, with a title and a description. */
  prompt(request: PromptRequest, { signal }: RequestOptions = {}): Promise<PromptAnswer> {
    return this.#rest.call("writePrompt", { body: request, signal });
  }

  /** Turns a prompt into a composition plan, which {@link render} takes as it is. */
  plan(request: PlanRequest | string, { signal }: RequestOptions = {}): Promise<PlanAnswer> {
    return this.#rest.call("writePlan", { body: typeof request === "string" ? { prompt: request } : request, signal });
  }

  /**
   * Renders a plan, or a prompt, and resolves with the finished track. A lost connection is taken up again by itself, and
   * what the server may not have heard is sent again with the same key, so that it is rendered once. Where
   * sockets cannot be had it is one long request, without progress.
   */
  async render(plan: RenderRequest, options: RenderOptions = {}): Promise<RenderResult> {
    const { generator, seed, outputFormat, modelId, idempotencyKey = randomKey(), signal } = options;
    const settings = Object.fromEntries(Object.entries({ generator, seed, output_format: outputFormat, model_id: modelId }).filter(([, value]) => value !== undefined));
    const command = { type: "render" as const, composition_plan: plan, idempotency_key: idempotencyKey, ...settings };
    const result = await new RenderSession(this.#rest, options, command).run();
    return result === noSocket ? this.#rest.render(asCall(command), signal) : result;
  }

  /** Goes on with a render that was started elsewhere or before: its messages after a sequence number, then the track. */
  async follow(renderId: string, options: FollowOptions & { after?: number } = {}): Promise<RenderResult> {
    const result = await new RenderSession(this.#rest, options, undefined, renderId, options.after).run();
    return result === noSocket ? this.#rest.untilFinished(renderId, options.signal) : result;
  }

  /** Where a render stands. */
  status(renderId: string, { signal }: RequestOptions = {}): Promise<RenderStatus> {
    return this.#rest.call("findRender", { path: [renderId], signal });
  }

  /** Cancels a render. */
  cancel(renderId: string, { signal }: RequestOptions = {}): Promise<RenderStatus> {
    return this.#rest.call("cancelRender", { path: [renderId], signal });
  }

  /** Makes a track of what arrived of a paid render that broke off. */
  keep(renderId: string, { signal }: RequestOptions = {}): Promise<RenderResult> {
    return this.#rest.call("keepTake", { path: [renderId], signal });
  }

  /** A page of the library, newest first. */
  tracks(query: Calls["searchTracks"]["query"] = {}, { signal }: RequestOptions = {}): Promise<TrackPage> {
    return this.#rest.call("searchTracks", { query, signal });
  }

  /** A track, by its id or its file name. */
  track(id: string, { signal }: RequestOptions = {}): Promise<Track> {
    return this.#rest.call("findTrack", { path: [id], signal });
  }

  /** Changes a track's title and tags; what is not there stays. */
  editTrack(id: string, edit: TrackEdit, { signal }: RequestOptions = {}): Promise<Track> {
    return this.#rest.call("editTrack", { path: [id], body: edit, signal });
  }

  /** Removes a track with its file. */
  deleteTrack(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#rest.call("deleteTrack", { path: [id], signal });
  }

  /** A track's waveform, for drawing. */
  peaks(id: string, { signal }: RequestOptions = {}): Promise<Peaks> {
    return this.#rest.call("trackPeaks", { path: [id], signal });
  }

  /** Where to play a track: for an `<audio>` element. */
  streamUrl(track: { stream_url: string } | string): string {
    return this.#rest.url(typeof track === "string" ? `/render/stream/${encodeURIComponent(track)}` : track.stream_url);
  }

  /** Where to download a track. */
  downloadUrl(track: { download_url: string } | string): string {
    return this.#rest.url(typeof track === "string" ? `/render/download/${encodeURIComponent(track)}` : track.download_url);
  }

  /**
   * A track's whole sound, for pages that show a token, which `<audio>` elements and links cannot: give them
   * `URL.createObjectURL(blob)`, and revoke that when it is not needed any more.
   */
  audio(track: { stream_url: string } | string, { signal }: RequestOptions = {}): Promise<Blob> {
    return this.#rest.file(this.streamUrl(track), signal);
  }

  /** Where to listen to a render while it is made, and afterwards. */
  liveUrl(renderId: string): string {
    return this.#rest.url(`/render/live/${encodeURIComponent(renderId)}`);
  }
}

/** 128 random bits; `crypto.randomUUID` is not there on pages without TLS. */
function randomKey(): string {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
