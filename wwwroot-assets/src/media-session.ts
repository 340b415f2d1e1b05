// The keys of keyboards, headsets and lock screens.
import type { Deck } from "./deck";

const step = 5;

/** Lets them work the deck, and shows them what plays. */
export function followMediaSession(deck: Deck): void {
  if (!("mediaSession" in navigator)) {
    return;
  }

  const session = navigator.mediaSession;
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => void deck.play()],
    ["pause", () => deck.pause()],
    ["stop", () => deck.pause()],
    ["seekbackward", ({ seekOffset }) => deck.seek(deck.time - (seekOffset ?? step))],
    ["seekforward", ({ seekOffset }) => deck.seek(deck.time + (seekOffset ?? step))],
    ["seekto", ({ seekTime }) => deck.seek(seekTime ?? 0)],
    ["previoustrack", () => deck.previous()],
    ["nexttrack", () => deck.next()],
  ];
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // Not every browser knows every key.
    }
  }

  let shown = "";
  deck.addEventListener("change", () => {
    const { track } = deck;
    const section = deck.section()?.name ?? "";
    const text = track === null ? "" : `${track.id} ${track.title} ${section}`;
    if (text !== shown) {
      shown = text;
      session.metadata =
        track === null
          ? null
          : new MediaMetadata({ title: track.title, artist: "MusicRender", album: section, artwork: [{ src: "/assets/favicon.svg", type: "image/svg+xml" }] });
    }

    session.playbackState = track === null ? "none" : deck.isPlaying ? "playing" : "paused";
    if (track !== null && track.duration > 0) {
      session.setPositionState({ duration: track.duration, playbackRate: deck.speed, position: Math.min(deck.time, track.duration) });
    }
  });
}
