// Plays a render while it is still being made, or what arrived of one that broke off.
import { begin } from "./early";
import { alone } from "./one-sound";

function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export class LivePlayer {
  readonly #root: HTMLElement;
  readonly #button: HTMLElement;
  readonly #time: HTMLElement | null;
  readonly #played: HTMLElement | null;
  readonly #media: HTMLAudioElement;
  readonly #stop = new AbortController();

  /** The root has the address, the button may be the root itself; time and bar are shown where there are elements for them. */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#button = root.querySelector<HTMLElement>("[data-part='play']") ?? root;
    this.#time = root.querySelector<HTMLElement>("[data-part='time']");
    this.#played = root.querySelector<HTMLElement>("[data-part='played']");
    this.#media = new Audio();
    this.#media.preload = "none";
    const { signal } = this.#stop;
    alone(this.#media, signal);
    this.#button.addEventListener("click", () => this.#toggle(), { signal });
    for (const type of ["play", "pause", "ended", "error", "timeupdate"]) {
      this.#media.addEventListener(type, () => this.#show(), { signal });
    }
  }

  dispose(): void {
    this.#stop.abort();
    this.#media.pause();
    this.#media.removeAttribute("src");
    this.#media.load();
  }

  #toggle(): void {
    if (!this.#media.paused) {
      this.#media.pause();
      return;
    }

    // After an error the address is asked once more.
    if (!this.#media.hasAttribute("src") || this.#media.error !== null) {
      this.#media.src = this.#root.dataset.src ?? "";
    }

    this.#media.play().catch(() => this.#show());
  }

  #show(): void {
    const at = this.#media.currentTime;
    const isPlaying = !this.#media.paused && !this.#media.ended;
    this.#root.toggleAttribute("data-playing", isPlaying);
    this.#root.toggleAttribute("data-broken", this.#media.error !== null);
    this.#button.setAttribute("aria-pressed", String(isPlaying));
    if (this.#time !== null) {
      this.#time.textContent = clock(at);
    }

    if (this.#played !== null) {
      const whole = Number(this.#root.dataset.durationMs) / 1000;
      this.#played.style.width = `${whole > 0 ? Math.min(100, (at / whole) * 100) : 0}%`;
    }
  }
}

export function create(root: HTMLElement): LivePlayer {
  return begin(root, new LivePlayer(root));
}
