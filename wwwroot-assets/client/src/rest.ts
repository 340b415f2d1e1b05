import { calls, type Calls, type RenderResult } from "./contract.js";
import { fromMessage, fromResponse, MusicRenderError } from "./errors.js";
import { pause } from "./pause.js";

/** What a client is made with. */
export interface MusicRenderOptions {
  /** The server's access token, where it asks for one. */
  token?: string | undefined;
  /** Another `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Another `WebSocket`, for Node before 22; null goes without. */
  WebSocket?: (new (url: string, protocols?: string[]) => WebSocket) | null | undefined;
  /** How long a lost connection is tried again, ms; ten minutes by default. */
  reconnectFor?: number | undefined;
  /** How long a socket may be silent before the server is asked whether it is still there, ms; 30 s by default. */
  silence?: number | undefined;
}

/** What goes into a call beside its name. */
export interface CallOptions<Name extends keyof Calls> {
  /** Parts of the path, in order. */
  path?: string[];
  query?: Calls[Name]["query"];
  body?: Calls[Name]["body"];
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** The REST API, with the types of the contract. */
export class Rest {
  readonly base: URL;
  readonly options: MusicRenderOptions;

  constructor(base: string | URL, options: MusicRenderOptions) {
    this.base = new URL(base, globalThis.location?.href);
    this.options = options;
  }

  /** An address of the server. */
  url(path: string): string {
    return new URL(this.base.pathname.replace(/\/$/, "") + path, this.base).href;
  }

  /** The result of a render in one long request. An abort cancels the render. Where a server that stops says which render it was, that is followed to its end. */
  async render(request: CallOptions<"render">, signal: AbortSignal | undefined): Promise<RenderResult> {
    try {
      return await this.call("render", { ...request, signal });
    } catch (error) {
      if (signal?.aborted) void this.cancelOfKey(request.headers, AbortSignal.timeout(10_000)).catch(() => undefined);
      const renderId = error instanceof MusicRenderError && error.status === 503 ? error.details["render_id"] : undefined;
      if (typeof renderId !== "string") throw error;
      return this.untilFinished(renderId, signal);
    }
  }

  /** The result of a render, asked for every second. An abort cancels the render. */
  async untilFinished(renderId: string, signal: AbortSignal | undefined): Promise<RenderResult> {
    const { reconnectFor = 600_000 } = this.options;
    let heardAt = Date.now();
    for (;;) {
      if (signal?.aborted) {
        await this.call("cancelRender", { path: [renderId], signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
        throw signal.reason;
      }
      try {
        const status = await this.call("findRender", { path: [renderId], signal });
        if (status.result) return status.result;
        if (status.error) throw fromMessage(status.error, renderId);
        heardAt = Date.now();
      } catch (error) {
        if (signal?.aborted) continue;
        if (!isPassing(error) || Date.now() - heardAt > reconnectFor) throw error;
      }
      await pause(1_000, signal).catch(() => undefined);
    }
  }

  /** Stops a render whose id nobody has heard, by the headers it was sent with; without a key among them nothing can be done. */
  async cancelOfKey(headers: Record<string, string> | undefined, signal: AbortSignal): Promise<void> {
    const key = headers?.["idempotency-key"];
    if (!key) return;
    for (let unknown = 0; ; await pause(1_000, signal)) {
      try {
        await this.call("cancelRenderOfKey", { headers: { "idempotency-key": key }, signal });
        return;
      } catch (error) {
        // The server may be taking the request in just now, or starting again.
        if (signal.aborted || (!isPassing(error) && !(error instanceof MusicRenderError && error.status === 404 && ++unknown < 2))) throw error;
      }
    }
  }

  /** Calls; anything but a success throws a {@link MusicRenderError}, an abort its reason. */
  async call<Name extends keyof Calls>(name: Name, { path = [], query = {}, body, headers, signal }: CallOptions<Name> = {}): Promise<Calls[Name]["answer"]> {
    const [method, pattern] = calls[name].split(" ") as [string, string];
    const parts = [...path];
    const url = new URL(this.url(pattern.replace(/\{\w+\}/g, () => encodeURIComponent(parts.shift() ?? ""))));
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const response = await this.#send(url, { method, headers: { accept: "application/json", ...json, ...headers }, body: body === undefined ? null : JSON.stringify(body) }, signal);
    return response.status === 204 ? undefined : this.#whole(() => response.json() as Promise<Calls[Name]["answer"]>, signal);
  }

  /** A file of the server. */
  async file(url: string, signal: AbortSignal | undefined): Promise<Blob> {
    const response = await this.#send(url, { headers: {} }, signal);
    return this.#whole(() => response.blob(), signal);
  }

  async #send(url: string | URL, request: RequestInit & { headers: Record<string, string> }, signal: AbortSignal | undefined): Promise<Response> {
    const { token, fetch = globalThis.fetch } = this.options;
    if (token) request.headers["authorization"] = `Bearer ${token}`;
    let response: Response;
    try {
      response = await fetch(url, { ...request, signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new MusicRenderError("UNREACHABLE", `${this.base.host} does not answer. Is MusicRender running there, and may pages of this origin call it?`, { cause });
    }
    if (!response.ok) throw await fromResponse(response);
    return response;
  }

  async #whole<Body>(read: () => Promise<Body>, signal: AbortSignal | undefined): Promise<Body> {
    try {
      return await read();
    } catch (cause) {
      signal?.throwIfAborted();
      throw new MusicRenderError("CONNECTION_LOST", "The connection broke off in the middle of the answer.", { cause });
    }
  }
}

/** Whether the same call may well succeed later: nobody answered, too many calls, or a server that is starting or stopping. */
function isPassing(error: unknown): boolean {
  return error instanceof MusicRenderError && (error.code === "UNREACHABLE" || error.code === "CONNECTION_LOST" || error.code === "RATE_LIMITED" || error.status === 503);
}
