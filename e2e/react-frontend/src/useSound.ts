import type { RenderResult } from "musicrender-client";
import { useEffect, useState } from "react";
import { studio, token } from "./studio";
import { explain } from "./useRender";

/** Addresses of a track's sound, for a player and a link. Neither can show a token: where one is needed, both get the fetched blob. */
export function useSound(track: RenderResult): { stream?: string | undefined; download?: string | undefined; problem?: string | undefined } {
  const [blob, setBlob] = useState<string>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (!token) return;
    const stop = new AbortController();
    let address: string | undefined;
    studio.audio(track, { signal: stop.signal }).then(
      (sound) => setBlob((address = URL.createObjectURL(sound))),
      (error: unknown) => stop.signal.aborted || setProblem(explain(error).text),
    );
    return () => {
      stop.abort();
      if (address) URL.revokeObjectURL(address);
    };
  }, [track]);

  return token ? { stream: blob, download: blob, problem } : { stream: studio.streamUrl(track), download: studio.downloadUrl(track) };
}
