// Plays a render while it is still being made.

export class LivePlayer {
  readonly #media: HTMLAudioElement;
  readonly #button: HTMLButtonElement;
  readonly #stop = new AbortController();

  constructor(button: HTMLButtonElement) {
    this.#button = button;
    this.#media = new Audio();
    this.#media.preload = "none";
    const { signal } = this.#stop;
    button.addEventListener("click", () => this.#toggle(), { signal });
    for (const type of ["play", "pause", "ended", "error"]) {
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

    if (this.#media.src === "") {
      this.#media.src = this.#button.dataset.src ?? "";
    }

    this.#media.play().catch(() => this.#show());
  }

  #show(): void {
    const isPlaying = !this.#media.paused && !this.#media.ended;
    this.#button.toggleAttribute("data-playing", isPlaying);
    this.#button.setAttribute("aria-pressed", String(isPlaying));
  }
}

export function create(button: HTMLButtonElement): LivePlayer {
  return new LivePlayer(button);
}
