import type { ErrorMessage, Problem, ProblemEntry } from "./contract.js";

/**
 * What kind of failure it was. The first three are the server's own; the others say what the status or the connection says:
 * `FORBIDDEN` (a token is missing or wrong, or the page's origin is not allowed), `NOT_FOUND`, `RATE_LIMITED` (see
 * `retryAfter`), `UNREACHABLE` (nobody answered), `CONNECTION_LOST` (the render may go on: see `renderId`).
 */
export type FailureCode = ErrorMessage["error_code"] | "FORBIDDEN" | "NOT_FOUND" | "RATE_LIMITED" | "UNREACHABLE" | "CONNECTION_LOST";

/** Why a call or a render failed. `message` is for people and says what to do. */
export class MusicRenderError extends Error {
  override readonly name = "MusicRenderError";
  readonly code: FailureCode;
  /** For programs; `details.reason` names the failure. */
  readonly details: Record<string, unknown>;
  /** Each problem of a plan or a body, with its JSON path. */
  readonly errors: readonly ProblemEntry[];
  /** The HTTP status, of a REST call. */
  readonly status: number | undefined;
  /** The render, when there is one. */
  readonly renderId: string | undefined;
  /** Seconds until it makes sense to ask again. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, more: { details?: Record<string, unknown> | undefined; status?: number | undefined; renderId?: string | undefined; retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.details = more.details ?? {};
    this.errors = Array.isArray(this.details["errors"]) ? (this.details["errors"] as ProblemEntry[]) : [];
    this.status = more.status;
    this.renderId = more.renderId;
    this.retryAfter = more.retryAfter ?? (typeof this.details["retry_after_seconds"] === "number" ? this.details["retry_after_seconds"] : undefined);
  }

  /** `details.reason`, when it is there: "cancelled", "interrupted", "queue_full", …. */
  get reason(): string | undefined {
    return typeof this.details["reason"] === "string" ? this.details["reason"] : undefined;
  }
}

/** The error of a socket's message. */
export function fromMessage(message: ErrorMessage, renderId: string | undefined): MusicRenderError {
  return new MusicRenderError(message.error_code, message.message, { details: message.details, renderId: message.render_id ?? renderId });
}

/** The error of a REST answer that is no success. */
export async function fromResponse(response: Response): Promise<MusicRenderError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const { status } = response;
  const code = problem.error_code
    ?? (status === 404 ? "NOT_FOUND" : status === 401 || status === 403 ? "FORBIDDEN" : status === 429 ? "RATE_LIMITED" : status < 500 ? "INVALID_REQUEST" : "SERVER_ERROR");
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new MusicRenderError(code, problem.detail ?? `The server answered ${status}.`, {
    status,
    details: { ...(problem.errors ? { errors: problem.errors } : {}), ...problem.details },
    retryAfter: Number.isFinite(wait) ? wait : undefined,
  });
}
