// The preview deck: plays a plan that is being edited, or one of its sections, as soon as a button is pressed. One element for the
// whole page, told what to play by the buttons' attributes, so that sound starts within the click and needs no word of the server's.
import { alone } from "./one-sound";
import { movePlayhead } from "./playhead";

const pressable = "[data-preview]";

function scopeOf(button: Element): HTMLElement | null {
  return button.closest<HTMLElement>("[data-previews]");
}

/** What a button plays. The version is not part of it. */
function addressOf(button: HTMLElement): string {
  return `${scopeOf(button)?.dataset.previews ?? ""}?${button.dataset.preview ?? ""}`;
}

export class PreviewDeck {
  readonly #media = new Audio();
  #address: string | null = null;
  #version: string | undefined;
  #length = 0;
  #frame = 0;

  constructor() {
    alone(this.#media);
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>(pressable) : null;
      if (button !== null) {
        this.#press(button);
      }
    });
    // Players in the document need not know of the deck.
    document.addEventListener("play", () => this.#media.pause(), { capture: true });
    for (const type of ["playing", "waiting"]) {
      this.#media.addEventListener(type, () => this.#show());
    }

    // The event of a pause comes late: something else may be playing by then.
    for (const type of ["pause", "ended"]) {
      this.#media.addEventListener(type, () => {
        if (this.#media.paused || this.#media.ended) {
          this.#stop();
        }
      });
    }

    this.#media.addEventListener("error", () => this.#fail());
  }

  #press(button: HTMLElement): void {
    const isSame = addressOf(button) === this.#address;
    const isStale = scopeOf(button)?.dataset.version !== this.#version;
    this.#stop();
    if (!isSame || isStale) {
      this.#start(button);
    }
  }

  #start(button: HTMLElement): void {
    const address = addressOf(button);
    this.#address = address;
    this.#version = scopeOf(button)?.dataset.version;
    this.#length = Number(button.dataset.lengthMs) / 1000;
    for (const audio of document.querySelectorAll("audio")) {
      audio.pause();
    }

    // The number only keeps the browser from taking a sound that it had before.
    this.#media.src = `${address}&at=${Date.now()}`;
    this.#media.play().catch(() => undefined);
    this.#follow();
  }

  /** Silence: the request ends with it, and the server's work too. */
  #stop(): void {
    this.#address = null;
    cancelAnimationFrame(this.#frame);
    if (this.#media.hasAttribute("src")) {
      this.#media.pause();
      this.#media.removeAttribute("src");
      this.#media.load();
    }

    this.#show();
  }

  #fail(): void {
    const address = this.#address;
    if (address === null) {
      return;
    }

    this.#stop();
    for (const button of this.#buttons(address)) {
      button.toggleAttribute("data-broken", true);
    }
  }

  /** Shows how far it is, and notices when its editor is gone or has changed. */
  #follow(): void {
    this.#frame = requestAnimationFrame(() => {
      const scope = this.#address === null ? null : document.querySelector(`[data-previews="${this.#address.split("?")[0]}"]`);
      if (scope === null) {
        this.#stop();
        return;
      }

      this.#show();
      this.#follow();
    });
  }

  /** Whether the plan has changed since: then its sections may be elsewhere. */
  #isStale(): boolean {
    return document.querySelector<HTMLElement>("[data-previews]")?.dataset.version !== this.#version;
  }

  #buttons(address: string): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(pressable)].filter((button) => addressOf(button) === address);
  }

  #show(): void {
    const at = this.#media.currentTime;
    const section = new URLSearchParams(this.#address?.split("?")[1]).get("section");
    movePlayhead(section === null ? null : Number(section), this.#address !== null && at > 0 && !this.#isStale() ? at : null);
    for (const button of document.querySelectorAll<HTMLElement>(pressable)) {
      const isMine = this.#address !== null && addressOf(button) === this.#address;
      const isPlaying = isMine && at > 0;
      mark(button, "data-playing", isPlaying);
      mark(button, "data-loading", isMine && !isPlaying);
      mark(button, "data-stale", isMine && scopeOf(button)?.dataset.version !== this.#version);
      if (isMine) {
        mark(button, "data-broken", false);
        button.style.setProperty("--heard", this.#length > 0 ? String(Math.min(1, at / this.#length)) : "0");
      }

      // A button with words says what it does; one without, that it is pressed.
      const { say, sayStop, sayAgain } = button.dataset;
      const words = !isMine ? say : button.hasAttribute("data-stale") ? sayAgain : sayStop;
      if (sayStop === undefined) {
        put(button, "aria-pressed", String(isMine));
      } else if (words !== undefined) {
        put(button, "aria-label", words);
      }
    }
  }
}

function put(button: HTMLElement, name: string, value: string): void {
  if (button.getAttribute(name) !== value) {
    button.setAttribute(name, value);
  }
}

function mark(button: HTMLElement, name: string, is: boolean): void {
  if (button.hasAttribute(name) !== is) {
    button.toggleAttribute(name, is);
  }
}
