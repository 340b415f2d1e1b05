import { MusicRenderError, type ProgressMessage, type RenderRequest, type RenderResult } from "musicrender-client";
import { useCallback, useRef, useState } from "react";
import { studio } from "./studio";

export interface Rendering {
  progress: ProgressMessage | null;
  isReconnecting: boolean;
}

/** One render at a time: its progress while it runs, and how to begin and cancel it. */
export function useRender() {
  const [rendering, setRendering] = useState<Rendering | null>(null);
  const stop = useRef<AbortController>(null);

  const render = useCallback(async (plan: RenderRequest): Promise<RenderResult | null> => {
    const { signal } = (stop.current = new AbortController());
    setRendering({ progress: null, isReconnecting: false });
    try {
      return await studio.render(plan, {
        signal,
        onProgress: (progress) => setRendering({ progress, isReconnecting: false }),
        onConnection: (state) => setRendering((now) => now && { ...now, isReconnecting: state === "reconnecting" }),
      });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      setRendering(null);
    }
  }, []);

  const cancel = useCallback(() => stop.current?.abort(), []);
  return { rendering, render, cancel };
}

/** Whether the server wants a token, or another one. */
export function wantsToken(error: unknown): boolean {
  return error instanceof MusicRenderError && error.status === 401;
}

/** What to tell a person, by the failure's code. */
export function explain(error: unknown): { title: string; text: string } {
  if (!(error instanceof MusicRenderError)) return { title: "Something went wrong", text: String(error) };
  switch (error.code) {
    case "VALIDATION_ERROR":
      return { title: "Validation failed", text: error.message };
    case "INVALID_REQUEST":
      return { title: "Not understood", text: error.message };
    case "SERVER_ERROR":
      return { title: error.reason === "interrupted" ? "Interrupted" : "Server error. Please try again.", text: error.message };
    case "FORBIDDEN":
      return { title: "Not allowed", text: error.reason === "token_needed" ? "This server wants its access token. Whoever runs it has it." : error.message };
    case "UNREACHABLE":
    case "CONNECTION_LOST":
      return { title: "No connection", text: error.message };
    default:
      return { title: "That did not work", text: error.message };
  }
}
