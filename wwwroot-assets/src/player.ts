// The player of one finished track. It runs in the page alone: sound and position never wait for the server.
import WaveSurfer from "wavesurfer.js";

interface Timed {
  readonly element: HTMLElement;
  readonly start: number;
  readonly end: number;
}

const step = 5;

/** How long the lyrics stay where a person has scrolled them to, ms. */
const patience = 5000;

function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Elements that carry data-start and data-end, ms. */
function timed(root: ParentNode, selector: string): Timed[] {
  return [...root.querySelectorAll<HTMLElement>(selector)].map((element) => ({
    element,
    start: Number(element.dataset.start) / 1000,
    end: Number(element.dataset.end) / 1000,
  }));
}

export class TrackPlayer {
  readonly #root: HTMLElement;
  readonly #media: HTMLAudioElement;
  readonly #wave: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #time: HTMLElement;
  readonly #duration: number;
  readonly #stop = new AbortController();
  #surfer: WaveSurfer | null = null;
  #frame = 0;
  #line: Element | null = null;
  #scrolledAt = -patience;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#media = this.#part<HTMLAudioElement>("media");
    this.#wave = this.#part("position");
    this.#play = this.#part<HTMLButtonElement>("play");
    this.#time = this.#part("time");
    this.#duration = Number(root.dataset.durationMs) / 1000;
    this.#listen();
    this.#show();
    void this.#draw();
  }

  dispose(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
    this.#media.pause();
    this.#surfer?.destroy();
    this.#media.removeAttribute("src");
    this.#media.load();
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    const element = this.#root.querySelector<T>(`[data-part='${name}']`);
    if (element === null) {
      throw new Error(`The player has no part '${name}'.`);
    }

    return element;
  }

  /** The page around the player: plan and lyrics are listed outside of it. */
  get #scope(): ParentNode {
    return this.#root.closest("[data-player-scope]") ?? this.#root;
  }

  #listen(): void {
    const { signal } = this.#stop;
    const on = (target: EventTarget, type: string, handler: (event: Event) => void): void =>
      target.addEventListener(type, handler, { signal });

    on(this.#play, "click", () => void this.#toggle());
    on(this.#part("back"), "click", () => this.#seek(this.#sectionBefore()));
    on(this.#part("on"), "click", () => this.#seek(this.#sectionAfter()));
    on(this.#part("earlier"), "click", () => this.#seek(this.#media.currentTime - step));
    on(this.#part("later"), "click", () => this.#seek(this.#media.currentTime + step));
    on(this.#part<HTMLInputElement>("volume"), "input", (event) => {
      this.#media.volume = Number((event.target as HTMLInputElement).value) / 100;
    });
    on(this.#part<HTMLSelectElement>("speed"), "change", (event) => {
      this.#media.playbackRate = Number((event.target as HTMLSelectElement).value);
    });
    on(this.#wave, "keydown", (event) => this.#onKey(event as KeyboardEvent));
    on(this.#wave, "pointerdown", (event) => this.#onPointer(event as PointerEvent));
    on(this.#scope as unknown as EventTarget, "click", (event) => {
      const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-seek]") : null;
      if (mark !== null) {
        this.#seek(Number(mark.dataset.seek) / 1000);
      }
    });
    const lyrics = this.#scope.querySelector("[data-part='lyrics']");
    for (const type of lyrics === null ? [] : ["wheel", "touchmove"]) {
      lyrics!.addEventListener(type, () => (this.#scrolledAt = performance.now()), { signal, passive: true });
    }

    for (const type of ["play", "pause", "ended", "seeked", "loadedmetadata", "error"]) {
      on(this.#media, type, () => this.#show());
    }

    on(document, "musicrender:theme", () => this.#surfer?.setOptions(this.#colours()));
  }

  async #toggle(): Promise<void> {
    if (!this.#media.paused) {
      this.#media.pause();
      return;
    }

    for (const other of document.querySelectorAll("audio")) {
      if (other !== this.#media) {
        other.pause();
      }
    }

    try {
      await this.#media.play();
    } catch {
      this.#show();
    }
  }

  #seek(seconds: number): void {
    this.#media.currentTime = Math.min(Math.max(0, seconds), this.#duration);
    this.#show();
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#media.currentTime;
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
      this.#seek(seconds);
    }
  }

  #onPointer(event: PointerEvent): void {
    if (event.button !== 0) {
      return;
    }

    const seekTo = (x: number): void => {
      const box = this.#wave.getBoundingClientRect();
      this.#seek(((x - box.left) / box.width) * this.#duration);
    };
    const drag = new AbortController();
    const options = { signal: AbortSignal.any([drag.signal, this.#stop.signal]) };
    this.#wave.setPointerCapture(event.pointerId);
    this.#wave.addEventListener("pointermove", (move) => seekTo(move.clientX), options);
    this.#wave.addEventListener("pointerup", () => drag.abort(), options);
    this.#wave.addEventListener("pointercancel", () => drag.abort(), options);
    seekTo(event.clientX);
  }

  #sections(): Timed[] {
    return timed(this.#root, "[data-part='section']");
  }

  /** The start of this section, or of the one before when it has only just begun. */
  #sectionBefore(): number {
    const at = this.#media.currentTime - 1.5;
    return this.#sections().findLast((section) => section.start <= at)?.start ?? 0;
  }

  #sectionAfter(): number {
    const at = this.#media.currentTime + 0.05;
    return this.#sections().find((section) => section.start > at)?.start ?? this.#duration;
  }

  #colours(): { waveColor: string; progressColor: string; cursorColor: string } {
    return {
      waveColor: colour("--wave"),
      progressColor: colour("--wave-played"),
      cursorColor: colour("--ink"),
    };
  }

  async #draw(): Promise<void> {
    let peaks: number[] = [];
    try {
      const response = await fetch(this.#root.dataset.peaks ?? "", { signal: this.#stop.signal });
      if (response.ok) {
        peaks = ((await response.json()) as { peaks: number[] }).peaks;
      }
    } catch {
      // Without peaks the line is flat, and everything else works.
    }

    if (this.#stop.signal.aborted) {
      return;
    }

    this.#surfer = WaveSurfer.create({
      container: this.#part("wave"),
      media: this.#media,
      peaks: [peaks.length > 0 ? peaks : [0]],
      duration: this.#duration,
      height: "auto",
      barWidth: 2,
      barGap: 2,
      barRadius: 2,
      barMinHeight: 2,
      cursorWidth: 2,
      normalize: true,
      interact: false,
      hideScrollbar: true,
      ...this.#colours(),
    });
    this.#surfer.on("error", () => this.#show());
    this.#root.dataset.ready = "true";
  }

  readonly #tick = (): void => {
    this.#show();
  };

  #show(): void {
    const at = this.#media.currentTime;
    const isPlaying = !this.#media.paused && !this.#media.ended;
    const text = `${clock(at)} of ${clock(this.#duration)}`;
    this.#play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    this.#root.toggleAttribute("data-playing", isPlaying);
    this.#root.toggleAttribute("data-broken", this.#media.error !== null);
    this.#wave.setAttribute("aria-valuenow", String(Math.round(at)));
    this.#wave.setAttribute("aria-valuetext", text);
    this.#time.textContent = `${clock(at)} / ${clock(this.#duration)}`;
    this.#mark(at);
    cancelAnimationFrame(this.#frame);
    if (isPlaying) {
      this.#frame = requestAnimationFrame(this.#tick);
    }
  }

  /** Marks what sounds now: sections, lines and words. */
  #mark(at: number): void {
    for (const { element, start, end } of timed(this.#scope, "[data-start][data-end]")) {
      const isNow = at >= start && at < end;
      if (element.hasAttribute("data-now") !== isNow) {
        element.toggleAttribute("data-now", isNow);
      }
    }

    this.#follow();
  }

  /** Keeps the line that is sung in the middle of the lyrics; the page itself stays where it is. */
  #follow(): void {
    const line = this.#scope.querySelector<HTMLElement>("[data-part='lyrics'] [data-seek][data-now]");
    if (line === null || line === this.#line || performance.now() - this.#scrolledAt < patience) {
      return;
    }

    this.#line = line;
    const box = line.closest<HTMLElement>("[data-part='lyrics']");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box?.scrollTo({ top: line.offsetTop - (box.clientHeight - line.offsetHeight) / 2, behavior: isCalm ? "auto" : "smooth" });
  }
}

export function create(root: HTMLElement): TrackPlayer {
  return new TrackPlayer(root);
}
