// The player of one finished track. It runs in the page alone: sound and position never wait for the server.
import { clock, fill } from "./clock";
import { theDeck, type Deck, type DeckTrack, type Section } from "./deck";
import { begin } from "./early";
import { Score } from "./score";
import { formatsOf, shareOf, spectrogramOf } from "./track-tools";
import { Wave } from "./wave";

const step = 5;

export class TrackPlayer {
  readonly #root: HTMLElement;
  readonly #deck: Deck;
  readonly #sections: readonly Section[];
  readonly #duration: number;
  readonly #position: HTMLElement;
  readonly #play: HTMLElement;
  readonly #loop: HTMLElement | null;
  readonly #volume: HTMLInputElement;
  readonly #speed: HTMLSelectElement;
  readonly #time: HTMLElement;
  readonly #note: HTMLElement;
  readonly #wave: Wave;
  readonly #score: Score;
  readonly #stop = new AbortController();
  #frame = 0;

  constructor(root: HTMLElement) {
    const { signal } = this.#stop;
    this.#root = root;
    this.#deck = theDeck();
    this.#duration = Number(root.dataset.durationMs) / 1000;
    this.#sections = [...root.querySelectorAll<HTMLElement>("[data-part='section']")].map(({ dataset }) => ({
      name: dataset.name ?? "",
      start: Number(dataset.start) / 1000,
      end: Number(dataset.end) / 1000,
    }));
    this.#position = this.#part("position");
    this.#play = this.#part("play");
    this.#loop = root.querySelector<HTMLElement>("[data-part='loop']");
    this.#volume = this.#part<HTMLInputElement>("volume");
    this.#speed = this.#part<HTMLSelectElement>("speed");
    this.#time = this.#part("time");
    this.#note = this.#part("note");
    const parts = { window: this.#part("window"), strip: this.#part("strip"), position: this.#position, canvas: this.#part<HTMLCanvasElement>("wave"), line: this.#part("line") };
    this.#wave = new Wave(parts, root.dataset.peaks ?? "", this.#duration, this.#sections, signal);
    this.#score = new Score(this.#scope, signal);
    const say = (text: string): void => void (this.#note.textContent = text);
    spectrogramOf(this.#part("spectrogram"), this.#part("spectrogram-frame"), this.#part<HTMLImageElement>("spectrogram-picture"), signal);
    formatsOf(root.querySelectorAll<HTMLAnchorElement>("[data-part='format']"), say, signal);
    shareOf(this.#part("share"), this.#part<HTMLInputElement>("link"), say, signal);
    this.#listen(say);
    this.#deck.attach(this.#track);
    this.#show();
    void this.#wave.load().then(() => (root.dataset.ready = "true"));
  }

  dispose(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
    this.#deck.detach(this.#track);
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    const element = this.#root.querySelector<T>(`[data-part='${name}']`);
    if (element === null) {
      throw new Error(`The player has no part '${name}'.`);
    }

    return element;
  }

  /** The track as the page shows it now: its title can change. */
  get #track(): DeckTrack {
    const { id = "", title = "", src = "" } = this.#root.dataset;
    return { id, title, source: src, duration: this.#duration, sections: this.#sections };
  }

  /** The page around the player: plan and lyrics are listed outside of it. */
  get #scope(): ParentNode {
    return this.#root.closest("[data-player-scope]") ?? this.#root;
  }

  /** False while something else is played, which may go on until this track is touched. */
  get #isMine(): boolean {
    return this.#deck.track?.id === this.#root.dataset.id;
  }

  get #at(): number {
    return this.#isMine ? this.#deck.time : 0;
  }

  /** The deck, with this track on it. */
  #take(): Deck {
    this.#deck.load(this.#track);
    return this.#deck;
  }

  #listen(say: (text: string) => void): void {
    const { signal } = this.#stop;
    const on = (target: EventTarget, type: string, handler: (event: Event) => void): void =>
      target.addEventListener(type, handler, { signal });

    on(this.#play, "click", () => this.#take().toggle());
    on(this.#part("back"), "click", () => this.#take().previous());
    on(this.#part("on"), "click", () => this.#take().next());
    on(this.#part("earlier"), "click", () => this.#take().seek(this.#at - step));
    on(this.#part("later"), "click", () => this.#take().seek(this.#at + step));
    on(this.#part("closer"), "click", () => this.#zoom(this.#wave.zoom * 2));
    on(this.#part("wider"), "click", () => this.#zoom(this.#wave.zoom / 2));
    on(this.#part("window"), "zoomed", () => this.#zoom(this.#wave.zoom));
    on(this.#volume, "input", () => (this.#deck.volume = Number(this.#volume.value) / 100));
    on(this.#speed, "change", () => (this.#deck.speed = Number(this.#speed.value)));
    on(this.#position, "keydown", (event) => this.#onKey(event as KeyboardEvent));
    on(this.#position, "pointerdown", (event) => this.#onPointer(event as PointerEvent));
    on(this.#scope as unknown as EventTarget, "click", (event) => this.#onMark(event));
    on(this.#deck, "change", () => this.#show());
    if (this.#loop !== null) {
      on(this.#loop, "click", () => {
        const deck = this.#take();
        deck.setLoop(deck.loop === null ? deck.section() : null);
      });
      on(this.#deck, "loopfailed", () => say(this.#root.dataset.sayLoopFailed ?? ""));
    }
  }

  /** A section, a line of the plan or of the lyrics was pressed. */
  #onMark(event: Event): void {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-seek]") : null;
    if (mark === null) {
      return;
    }

    const at = Number(mark.dataset.seek) / 1000;
    const section = this.#sections.find((one) => one.start === at);
    if (section === undefined) {
      this.#take().seek(at);
    } else {
      this.#take().goTo(section);
    }
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#at;
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
      this.#take().seek(seconds);
    }
  }

  #onPointer(event: PointerEvent): void {
    if (event.button !== 0) {
      return;
    }

    const seekTo = (x: number): void => this.#take().seek(this.#wave.timeAt(x));
    if (event.pointerType === "touch" && this.#wave.zoom > 1) {
      // A finger moves the window; a tap is a click, which comes when it has not.
      this.#position.addEventListener("click", (tap) => seekTo(tap.clientX), { signal: this.#stop.signal, once: true });
      return;
    }

    const drag = new AbortController();
    const options = { signal: AbortSignal.any([drag.signal, this.#stop.signal]) };
    this.#position.setPointerCapture(event.pointerId);
    this.#position.addEventListener("pointermove", (move) => seekTo(move.clientX), options);
    this.#position.addEventListener("pointerup", () => drag.abort(), options);
    this.#position.addEventListener("pointercancel", () => drag.abort(), options);
    seekTo(event.clientX);
  }

  #zoom(zoom: number): void {
    if (zoom !== this.#wave.zoom) {
      this.#wave.zoomTo(zoom);
    }

    this.#part<HTMLButtonElement>("wider").disabled = this.#wave.zoom <= 1;
    this.#part<HTMLButtonElement>("closer").disabled = !this.#wave.canZoomIn;
  }

  #show(): void {
    const at = this.#at;
    const deck = this.#deck;
    const isPlaying = this.#isMine && deck.isPlaying;
    const says = this.#root.dataset;
    this.#play.setAttribute("aria-label", (isPlaying ? says.sayPause : says.sayPlay) ?? "");
    this.#root.toggleAttribute("data-playing", isPlaying);
    this.#root.toggleAttribute("data-broken", this.#isMine && deck.isBroken);
    this.#position.setAttribute("aria-valuenow", String(Math.round(at)));
    this.#position.setAttribute("aria-valuetext", fill(says.sayPosition, clock(at), clock(this.#duration)));
    this.#time.textContent = `${clock(at)} / ${clock(this.#duration)}`;
    this.#volume.value = String(Math.round(100 * deck.volume));
    this.#speed.value = String(deck.speed);
    this.#loop?.setAttribute("aria-pressed", String(this.#isMine && deck.loop !== null));
    this.#loop?.toggleAttribute("data-loading", this.#isMine && deck.loop !== null && !deck.isLoopReady);
    this.#wave.show(at, this.#isMine ? deck.loop : null, isPlaying);
    this.#score.show(at);
    cancelAnimationFrame(this.#frame);
    if (isPlaying) {
      this.#frame = requestAnimationFrame(() => this.#show());
    }
  }
}

export function create(root: HTMLElement): TrackPlayer {
  return begin(root, new TrackPlayer(root));
}
