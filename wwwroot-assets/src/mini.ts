// The small player: what was begun on a track's page and goes on elsewhere in the studio.
import { clock, fill } from "./clock";
import { theDeck, type Deck } from "./deck";
import { begin } from "./early";
import { followMediaSession } from "./media-session";

const step = 5;

function part<T extends HTMLElement = HTMLElement>(root: HTMLElement, name: string): T {
  const element = root.querySelector<T>(`[data-part='${name}']`);
  if (element === null) {
    throw new Error(`The small player has no part '${name}'.`);
  }

  return element;
}

class MiniPlayer {
  readonly #root: HTMLElement;
  readonly #deck: Deck;
  readonly #bar: HTMLElement;
  readonly #play: HTMLElement;
  readonly #title: HTMLAnchorElement;
  readonly #position: HTMLInputElement;
  readonly #time: HTMLElement;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#deck = theDeck();
    this.#bar = part(root, "bar");
    this.#play = part(root, "mini-play");
    this.#title = part<HTMLAnchorElement>(root, "mini-title");
    this.#position = part<HTMLInputElement>(root, "mini-position");
    this.#time = part(root, "mini-time");
    followMediaSession(this.#deck);
    const { signal } = this.#stop;
    this.#play.addEventListener("click", () => this.#deck.toggle(), { signal });
    part(root, "mini-earlier").addEventListener("click", () => this.#deck.seek(this.#deck.time - step), { signal });
    part(root, "mini-later").addEventListener("click", () => this.#deck.seek(this.#deck.time + step), { signal });
    part(root, "mini-close").addEventListener("click", () => this.#close(), { signal });
    this.#position.addEventListener("input", () => this.#deck.seek(Number(this.#position.value)), { signal });
    this.#deck.addEventListener("change", () => this.#show(), { signal });
    this.#deck.media.addEventListener("timeupdate", () => this.#show(), { signal });
    this.#show();
  }

  dispose(): void {
    this.#stop.abort();
  }

  /** A track is gone from the library. */
  forget(id: string): void {
    if (this.#deck.track?.id === id) {
      this.#deck.unload();
    }
  }

  #close(): void {
    this.#deck.unload();
    // The button is gone: the page's content is where one reads on.
    document.getElementById("content")?.focus({ preventScroll: true });
  }

  #show(): void {
    const { track } = this.#deck;
    const isShown = this.#deck.isElsewhere && track !== null;
    this.#bar.hidden = !isShown;
    this.#root.toggleAttribute("data-shown", isShown);
    if (!isShown) {
      return;
    }

    const at = this.#deck.time;
    const says = this.#root.dataset;
    this.#title.textContent = track.title;
    this.#title.href = `/tracks/${track.id}`;
    this.#play.setAttribute("aria-label", (this.#deck.isPlaying ? says.sayPause : says.sayPlay) ?? "");
    this.#root.toggleAttribute("data-playing", this.#deck.isPlaying);
    this.#root.toggleAttribute("data-broken", this.#deck.isBroken);
    this.#position.max = String(Math.floor(track.duration));
    this.#position.value = String(Math.round(at));
    this.#position.setAttribute("aria-valuetext", fill(says.sayPosition, clock(at), clock(track.duration)));
    this.#position.style.setProperty("--played", `${track.duration > 0 ? (100 * at) / track.duration : 0}%`);
    this.#time.textContent = `${clock(at)} / ${clock(track.duration)}`;
  }
}

export function create(root: HTMLElement): MiniPlayer {
  return begin(root, new MiniPlayer(root));
}
