// The waveform: a strip that is as wide as the zoom, in a window that scrolls. Only what is in the window is drawn.
import type { Section } from "./deck";
import { Peaks } from "./peaks";

const barWidth = 2;
const barGap = 2;
const mostZoom = 64;

/** How long the window stays where a person has scrolled it to while the sound plays on, ms. */
const patience = 4000;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export interface WaveParts {
  readonly window: HTMLElement;
  readonly strip: HTMLElement;
  readonly position: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly line: HTMLElement;
}

export class Wave {
  readonly #parts: WaveParts;
  readonly #duration: number;
  readonly #sections: readonly Section[];
  readonly #peaks: Peaks;
  #zoom = 1;
  #time = 0;
  #loop: Section | null = null;
  #drawn = "";
  #version = 0;
  #frame = 0;
  #movedAt = -patience;
  #isMoving = false;

  constructor(parts: WaveParts, address: string, duration: number, sections: readonly Section[], signal: AbortSignal) {
    this.#parts = parts;
    this.#duration = Math.max(0.001, duration);
    this.#sections = sections;
    this.#peaks = new Peaks(address, this.#duration, signal, () => this.#touch());
    const resized = new ResizeObserver(() => this.#touch());
    resized.observe(parts.window);
    resized.observe(parts.position);
    signal.addEventListener("abort", () => {
      resized.disconnect();
      cancelAnimationFrame(this.#frame);
    });
    document.addEventListener("musicrender:theme", () => this.#touch(), { signal });
    parts.window.addEventListener(
      "scroll",
      () => {
        this.#movedAt = this.#isMoving ? this.#movedAt : performance.now();
        this.#isMoving = false;
        this.#touch();
      },
      { signal, passive: true },
    );
    parts.window.addEventListener("wheel", (event) => this.#onWheel(event), { signal, passive: false });
  }

  /** Ends when the waveform is there. */
  load(): Promise<void> {
    return this.#peaks.load();
  }

  /** How many times wider than the window it is, 1–64. */
  get zoom(): number {
    return this.#zoom;
  }

  get canZoomIn(): boolean {
    return this.#zoom < mostZoom;
  }

  /** Widens or narrows it about a place: 0–1 of the window. */
  zoomTo(zoom: number, about = this.#aboutTime()): void {
    const { window, strip } = this.#parts;
    const width = window.clientWidth;
    const at = (window.scrollLeft + about * width) / (width * this.#zoom);
    this.#zoom = Math.min(mostZoom, Math.max(1, zoom));
    strip.style.width = `${100 * this.#zoom}%`;
    window.toggleAttribute("data-zoomed", this.#zoom > 1);
    window.scrollLeft = at * width * this.#zoom - about * width;
    this.#touch();
  }

  /** The time at a place of the page, s. */
  timeAt(x: number): number {
    const box = this.#parts.position.getBoundingClientRect();
    return ((x - box.left) / box.width) * this.#duration;
  }

  /** Shows a time, s, and the section that is played over and over. */
  show(time: number, loop: Section | null, isPlaying: boolean): void {
    this.#time = time;
    this.#loop = loop;
    if (isPlaying && this.#zoom > 1) {
      this.#follow();
    }

    this.#parts.line.style.transform = `translateX(${(time / this.#duration) * this.#parts.position.clientWidth}px)`;
    this.#draw();
  }

  /** Keeps the time in the window, unless somebody looks elsewhere. */
  #follow(): void {
    const { window } = this.#parts;
    const x = (this.#time / this.#duration) * window.clientWidth * this.#zoom - window.scrollLeft;
    if ((x < 0 || x > window.clientWidth * 0.95) && performance.now() - this.#movedAt > patience) {
      this.#isMoving = true;
      window.scrollLeft += x - window.clientWidth * 0.1;
    }
  }

  /** The time, when it is in the window; else the middle. */
  #aboutTime(): number {
    const { window } = this.#parts;
    const at = ((this.#time / this.#duration) * window.clientWidth * this.#zoom - window.scrollLeft) / window.clientWidth;
    return at >= 0 && at <= 1 ? at : 0.5;
  }

  #onWheel(event: WheelEvent): void {
    if (!event.ctrlKey) {
      return;
    }

    event.preventDefault();
    const box = this.#parts.window.getBoundingClientRect();
    this.zoomTo(this.#zoom * 2 ** (-event.deltaY / 200), (event.clientX - box.left) / box.width);
    this.#parts.window.dispatchEvent(new Event("zoomed"));
  }

  #touch(): void {
    this.#version++;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.show(this.#time, this.#loop, false));
  }

  #draw(): void {
    const { window, canvas } = this.#parts;
    const [width, height] = [window.clientWidth, canvas.clientHeight];
    const from = (window.scrollLeft / Math.max(1, width * this.#zoom)) * this.#duration;
    const seconds = this.#duration / this.#zoom;
    const bar = Math.floor((((this.#time - from) / seconds) * width) / (barWidth + barGap));
    const drawn = `${this.#version} ${Math.max(-1, Math.min(bar, width))} ${this.#loop?.start}`;
    if (drawn === this.#drawn || width === 0 || height === 0) {
      return;
    }

    this.#drawn = drawn;
    const scale = devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.width = `${width}px`;
    const context = canvas.getContext("2d");
    if (context === null) {
      return;
    }

    context.scale(scale, scale);
    const x = (time: number): number => ((time - from) / seconds) * width;
    this.#drawMarks(context, x, height);
    const [rest, played] = [colour("--wave"), colour("--wave-played")];
    for (let left = 0; left < width; left += barWidth + barGap) {
      const start = from + (left / width) * seconds;
      const end = from + ((left + barWidth + barGap) / width) * seconds;
      const peak = this.#peaks.between(start, end, this.#zoom);
      const tall = Math.max(2, peak * (height - 4));
      context.fillStyle = end <= this.#time ? played : rest;
      context.beginPath();
      context.roundRect(left, (height - tall) / 2, barWidth, tall, 1);
      context.fill();
    }
  }

  #drawMarks(context: CanvasRenderingContext2D, x: (time: number) => number, height: number): void {
    if (this.#loop !== null) {
      context.fillStyle = colour("--accent-soft");
      context.fillRect(x(this.#loop.start), 0, x(this.#loop.end) - x(this.#loop.start), height);
    }

    context.fillStyle = colour("--line");
    for (const { start } of this.#sections.slice(1)) {
      context.fillRect(Math.round(x(start)), 0, 1, height);
    }
  }
}
