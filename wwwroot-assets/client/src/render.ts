import type { CancelCommand, ErrorMessage, ProgressMessage, RenderCommand, RenderMessage, RenderRequest, RenderResult, ResultMessage, ResumeCommand } from "./contract.js";
import { fromMessage, MusicRenderError } from "./errors.js";
import { pause } from "./pause.js";
import type { MusicRenderOptions, Rest } from "./rest.js";

/** How a render is followed. */
export interface FollowOptions {
  /** Called for every message of the render's log, in order, each once, however often the connection is lost. What it throws, the promise rejects with; the render goes on. */
  onProgress?: ((progress: ProgressMessage) => void) | undefined;
  /** Called when the connection is lost (`"reconnecting"`) and when it is there again (`"connected"`). */
  onConnection?: ((state: "connected" | "reconnecting") => void) | undefined;
  /** Cancels the render on the server. The promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** No socket can be had, and nothing is known of the render: it may be asked for otherwise, with the same key. */
export const noSocket = Symbol("no socket");

const firstWait = 250;
const longestWait = 5_000;
/** So many sockets in a row must be refused, while REST answers, before REST alone is relied on. */
const refusalsBeforeRest = 3;
/** The close code of a server that stops: the render goes on, and a new socket follows it. */
const serviceRestart = 1012;
/** The state of a socket that can send. Its name is on the class, which is not there where another one is given. */
const open = 1;

/** The same request for REST. */
export function asCall({ type: _, composition_plan, idempotency_key, ...settings }: RenderCommand): { body: RenderRequest; headers: Record<string, string> } {
  return { body: { ...settings, ...(composition_plan as RenderRequest) }, headers: idempotency_key ? { "idempotency-key": idempotency_key } : {} };
}

/** One render over as many sockets as it takes. */
export class RenderSession {
  readonly #rest: Rest;
  readonly #options: FollowOptions;
  readonly #command: RenderCommand | undefined;
  #renderId: string | undefined;
  #after: number;
  #wasSent = false;
  #wasCancelled = false;
  #refusals = 0;
  #isRestarting = false;

  /** Starts a render with a command, or goes on with one of an id after a sequence number. */
  constructor(rest: Rest, options: FollowOptions, command: RenderCommand | undefined, renderId?: string, after = 0) {
    this.#rest = rest;
    this.#options = options;
    this.#command = command;
    this.#renderId = renderId;
    this.#after = after;
  }

  /** The result; {@link noSocket} when no socket can be had. */
  async run(): Promise<RenderResult | typeof noSocket> {
    const { signal, onConnection } = this.#options;
    const { WebSocket: Socket = globalThis.WebSocket, reconnectFor = 600_000 } = this.#rest.options;
    if (!Socket) return noSocket;
    let lostAt = Date.now();
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      this.#stopIfAborted();
      const heardBefore = this.#after;
      const end = await this.#converse(Socket);
      this.#stopIfAborted();
      if (end?.type === "result") return end.data;
      if (end) throw fromMessage(end, this.#renderId);
      if (this.#command && !this.#renderId && ((!this.#wasSent && !this.#isRestarting) || this.#refusals >= refusalsBeforeRest)) return noSocket;
      if (this.#refusals > 0 && this.#renderId && (await this.#isRestAllThereIs(this.#renderId))) return this.#rest.untilFinished(this.#renderId, signal);
      this.#stopIfAborted();
      if (this.#after > heardBefore) {
        lostAt = Date.now();
        wait = firstWait;
      }
      if (Date.now() - lostAt > reconnectFor) {
        throw new MusicRenderError("CONNECTION_LOST", "The connection is lost. The render may still be going on.", this.#renderId ? { renderId: this.#renderId } : {});
      }
      onConnection?.("reconnecting");
      await pause(wait * (0.75 + Math.random() / 2), signal);
    }
  }

  /** One socket, from its opening to its end: the render's last message, or undefined when it was lost before. */
  #converse(Socket: NonNullable<MusicRenderOptions["WebSocket"]>): Promise<ResultMessage | ErrorMessage | undefined> {
    const { token, silence: quiet = 30_000 } = this.#rest.options;
    return new Promise((resolve, reject) => {
      const { signal, onConnection } = this.#options;
      const isAgain = this.#wasSent || this.#renderId !== undefined;
      this.#refusals++;
      let socket: WebSocket;
      try {
        socket = new Socket(this.#rest.url("/render/ws").replace(/^http/, "ws"), token ? ["musicrender", `musicrender.token.${token}`] : []);
      } catch {
        return resolve(undefined);
      }
      let silence: ReturnType<typeof setTimeout>;
      let isOver = false;
      const end = (last?: ResultMessage | ErrorMessage) => {
        isOver = true;
        clearTimeout(silence);
        signal?.removeEventListener("abort", abort);
        socket.onmessage = socket.onerror = socket.onclose = null;
        socket.close();
        resolve(last);
      };
      let isSentHere = false;
      const abort = () => {
        // Nobody knows the render's id yet: this socket can stop it.
        if (isSentHere && !this.#renderId && socket.readyState === open) {
          socket.send(JSON.stringify({ type: "cancel" } satisfies CancelCommand));
          this.#wasCancelled = true;
        }
        end();
      };
      const listen = () => {
        clearTimeout(silence);
        silence = setTimeout(async () => {
          const isBehind = await this.#isBehind();
          if (!isOver) isBehind ? end() : listen();
        }, quiet);
      };
      socket.onerror = () => end();
      socket.onclose = ({ code }) => {
        this.#isRestarting = code === serviceRestart;
        end();
      };
      const take = (message: RenderMessage) => {
        if (message.type === "progress" && message.stage === "connected") {
          this.#refusals = 0;
          if (isAgain) onConnection?.("connected");
          else this.#options.onProgress?.(message);
          socket.send(JSON.stringify(this.#opening()));
          this.#wasSent = isSentHere = true;
        } else if (message.type === "progress") {
          this.#hear(message);
        } else if (message.type === "error" && this.#renderId && message.sequence === undefined && message.details?.["reason"] === "interrupted") {
          // The server is stopping; this is not the render's own end.
          end();
        } else {
          end(message);
        }
      };
      socket.onmessage = (event: MessageEvent) => {
        listen();
        try {
          take(JSON.parse(event.data as string) as RenderMessage);
        } catch (error) {
          reject(error);
          end();
        }
      };
      signal?.addEventListener("abort", abort);
      listen();
    });
  }

  #opening(): RenderCommand | ResumeCommand {
    return this.#renderId === undefined ? this.#command! : { type: "resume", render_id: this.#renderId, after: this.#after };
  }

  #hear(message: ProgressMessage): void {
    this.#renderId = message.render_id ?? this.#renderId;
    if (message.sequence !== undefined) {
      if (message.sequence <= this.#after) return;
      this.#after = message.sequence;
    }
    this.#options.onProgress?.(message);
  }

  /** Whether the server has gone on without this socket, or does not answer at all. */
  async #isBehind(): Promise<boolean> {
    if (!this.#renderId) return true;
    try {
      const status = await this.#rest.call("findRender", { path: [this.#renderId], signal: AbortSignal.timeout(10_000) });
      return status.sequence > this.#after;
    } catch {
      return true;
    }
  }

  /** Where sockets are refused, REST says why, and at last how the render goes. A server that is just starting gets another socket. */
  async #isRestAllThereIs(renderId: string): Promise<boolean> {
    const isPatienceOver = this.#refusals >= refusalsBeforeRest;
    try {
      // In a network that swallows everything a call lasts for minutes; there the next socket says more.
      const patience = AbortSignal.timeout(10_000);
      await this.#rest.call("findRender", { path: [renderId], signal: this.#options.signal ? AbortSignal.any([this.#options.signal, patience]) : patience });
      return isPatienceOver;
    } catch (error) {
      if (!(error instanceof MusicRenderError)) return false;
      if (error.code === "FORBIDDEN" || (error.code === "NOT_FOUND" && isPatienceOver)) throw new MusicRenderError(error.code, error.message, { ...error, renderId });
      return false;
    }
  }

  #stopIfAborted(): void {
    const { signal } = this.#options;
    if (!signal?.aborted) return;
    if (!this.#wasCancelled) void this.#cancel();
    throw signal.reason;
  }

  /** Stops the render on the server, in one short attempt. One whose id was never heard is found by its key. */
  async #cancel(): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    try {
      if (this.#renderId) await this.#rest.call("cancelRender", { path: [this.#renderId], signal });
      else if (this.#command && this.#wasSent) await this.#rest.cancelOfKey(asCall(this.#command).headers, signal);
    } catch {
      // Nobody answers: what was begun goes on.
    }
  }
}
