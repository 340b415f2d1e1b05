// The mixer of one track's stems: one transport for all, mute and solo for each. It runs in the page alone.
import { clock, fill } from "./clock";
import { begin } from "./early";
import { StemDeck } from "./stem-deck";

const step = 5;

function isOn(button: HTMLElement): boolean {
  return button.getAttribute("aria-pressed") === "true";
}

interface Row {
  readonly element: HTMLElement;
  readonly mute: HTMLElement;
  readonly solo: HTMLElement;
}

function part<T extends HTMLElement = HTMLElement>(root: HTMLElement, name: string): T {
  const element = root.querySelector<T>(`[data-part='${name}']`);
  if (element === null) {
    throw new Error(`The mixer has no part '${name}'.`);
  }

  return element;
}

class StemMixer {
  readonly #root: HTMLElement;
  readonly #rows: Row[];
  readonly #play: HTMLElement;
  readonly #position: HTMLElement;
  readonly #time: HTMLElement;
  readonly #duration: number;
  readonly #deck: StemDeck;
  readonly #stop = new AbortController();
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#rows = [...root.querySelectorAll<HTMLElement>("[data-part='stem']")].map((element) => ({
      element,
      mute: part(element, "mute"),
      solo: part(element, "solo"),
    }));
    this.#play = part(root, "play");
    this.#position = part(root, "position");
    this.#time = part(root, "time");
    this.#duration = Number(root.dataset.durationMs) / 1000;
    this.#deck = new StemDeck(
      this.#rows.map((row) => row.element.dataset.src ?? ""),
      this.#duration,
      () => this.#show(),
    );
    this.#listen();
    this.#show();
    root.dataset.ready = "true";
  }

  dispose(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
    this.#deck.dispose();
  }

  #listen(): void {
    const { signal } = this.#stop;
    const on = (target: EventTarget, type: string, handler: (event: Event) => void, capture = false): void =>
      target.addEventListener(type, handler, { signal, capture });

    on(this.#play, "click", () => this.#toggle());
    on(this.#position, "keydown", (event) => this.#onKey(event as KeyboardEvent));
    on(this.#root, "pointerdown", (event) => this.#onPointer(event as PointerEvent));
    for (const row of this.#rows) {
      for (const button of [row.mute, row.solo]) {
        on(button, "click", () => {
          button.setAttribute("aria-pressed", String(!isOn(button)));
          this.#mix();
        });
      }
    }

    // One sound at a time: whatever else begins to play stops the stems.
    on(document, "play", () => this.#deck.pause(), true);
  }

  #toggle(): void {
    if (this.#deck.isPlaying) {
      this.#deck.pause();
      return;
    }

    for (const other of document.querySelectorAll("audio")) {
      other.pause();
    }

    void this.#deck.play();
  }

  /** A stem is heard when it is not muted, and, as soon as any plays alone, when it does. */
  #mix(): void {
    const isAnySolo = this.#rows.some((row) => isOn(row.solo));
    this.#rows.forEach((row, index) => {
      const isHeard = !isOn(row.mute) && (!isAnySolo || isOn(row.solo));
      row.element.toggleAttribute("data-silent", !isHeard);
      this.#deck.setLevel(index, isHeard ? 1 : 0);
    });
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#deck.time;
    const to: Record<string, number> = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      PageDown: at - 15,
      PageUp: at + 15,
      Home: 0,
      End: this.#duration,
    };
    const seconds = to[event.key];
    if (seconds !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#deck.seek(seconds);
    }
  }

  #onPointer(event: PointerEvent): void {
    const wave = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-part='position'], .stem-wave") : null;
    if (event.button !== 0 || wave === null) {
      return;
    }

    const seekTo = (x: number): void => {
      const box = wave.getBoundingClientRect();
      this.#deck.seek(((x - box.left) / box.width) * this.#duration);
    };
    const wasPlaying = this.#deck.isPlaying;
    this.#deck.pause();
    const drag = new AbortController();
    const options = { signal: AbortSignal.any([drag.signal, this.#stop.signal]) };
    wave.setPointerCapture(event.pointerId);
    wave.addEventListener("pointermove", (move) => seekTo(move.clientX), options);
    const drop = (): void => {
      drag.abort();
      if (wasPlaying) {
        void this.#deck.play();
      }
    };
    wave.addEventListener("pointerup", drop, options);
    wave.addEventListener("pointercancel", drop, options);
    seekTo(event.clientX);
  }

  #show(): void {
    const at = this.#deck.time;
    const says = this.#root.dataset;
    this.#play.setAttribute("aria-label", (this.#deck.isPlaying ? says.sayPause : says.sayPlay) ?? "");
    this.#root.toggleAttribute("data-playing", this.#deck.isPlaying);
    this.#root.toggleAttribute("data-loading", this.#deck.isLoading);
    this.#root.toggleAttribute("data-broken", this.#deck.isBroken);
    this.#position.setAttribute("aria-valuenow", String(Math.round(at)));
    this.#position.setAttribute("aria-valuetext", fill(says.sayPosition, clock(at), clock(this.#duration)));
    this.#time.textContent = fill(says.sayTime, clock(at), clock(this.#duration));
    this.#root.style.setProperty("--played", `${(100 * at) / this.#duration}%`);
    cancelAnimationFrame(this.#frame);
    if (this.#deck.isPlaying) {
      this.#frame = requestAnimationFrame(() => this.#show());
    }
  }
}

export function create(root: HTMLElement): StemMixer {
  return begin(root, new StemMixer(root));
}
