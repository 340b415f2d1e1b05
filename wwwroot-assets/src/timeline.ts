// The browser's half of the timeline: zoom, ruler, drags, and keys. The server is told what came of it.
import { begin } from "./early";
import { readBlocks } from "./timeline-blocks";
import { Drags, type Stage } from "./timeline-drag";
import { drawRuler } from "./timeline-ruler";

const zoomStep = 1.5;
/** At the closest, a second is this wide, px. */
const widestSecond = 80;
const repeatMs = 80;
/** A block that is narrower has room for its name alone, px. */
const narrowest = 84;
/** Of the selected section's form, so much is in sight after a click on its block, px. */
const formInSight = 200;

interface Server {
  invokeMethodAsync(method: string, ...args: unknown[]): Promise<unknown>;
}

function part<T extends HTMLElement = HTMLElement>(root: HTMLElement, name: string): T {
  const element = root.querySelector<T>(`[data-part='${name}']`);
  if (element === null) {
    throw new Error(`The timeline has no part '${name}'.`);
  }

  return element;
}

class Timeline {
  readonly #root: HTMLElement;
  readonly #server: Server;
  readonly #scroll: HTMLElement;
  readonly #track: HTMLElement;
  readonly #list: HTMLElement;
  readonly #ruler: HTMLElement;
  readonly #slot: HTMLElement;
  readonly #zoomIn: HTMLButtonElement;
  readonly #zoomOut: HTMLButtonElement;
  readonly #stop = new AbortController();
  readonly #drags: Drags;
  #zoom = 1;
  #frame = 0;
  #pressedAt = 0;
  /** The section that is to be selected, until the server has selected it; "" for the one that it will choose. */
  #aim: string | undefined;

  constructor(root: HTMLElement, server: Server) {
    this.#root = root;
    this.#server = server;
    this.#scroll = part(root, "scroll");
    this.#track = part(root, "track");
    this.#list = part(root, "blocks");
    this.#ruler = part(root, "ruler");
    this.#slot = part(root, "slot");
    this.#zoomIn = part<HTMLButtonElement>(root, "zoom-in");
    this.#zoomOut = part<HTMLButtonElement>(root, "zoom-out");
    const stage: Stage = {
      root,
      scroll: this.#scroll,
      list: this.#list,
      bubble: part(root, "bubble"),
      redraw: () => this.#redraw(),
      drop: (id, place) => server.invokeMethodAsync("Drop", id, place),
      resize: (id, ms) => server.invokeMethodAsync("Resize", id, ms),
    };
    this.#drags = new Drags(stage, this.#stop.signal);
    this.#listen();
    this.#draw();
    root.dataset.ready = "true";
  }

  dispose(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
  }

  /** The server moved, added or removed: the focus goes to the section that is selected now. */
  focusSelected(): void {
    const selected = this.#list.querySelector<HTMLElement>("[data-part='block'][aria-pressed='true']") ?? this.#root.querySelector<HTMLElement>(".soft-button");
    selected?.focus();
  }

  #listen(): void {
    const { signal } = this.#stop;
    this.#list.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#list.addEventListener(
      "click",
      (event) => {
        const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li") : null;
        this.#aim = item?.dataset.id;
        if (item !== null && event.detail > 0) {
          this.#showForm(item);
        }
      },
      { signal },
    );
    this.#zoomIn.addEventListener("click", () => this.#zoomTo(this.#zoom * zoomStep), { signal });
    this.#zoomOut.addEventListener("click", () => this.#zoomTo(this.#zoom / zoomStep), { signal });
    part(this.#root, "zoom-fit").addEventListener("click", () => this.#zoomTo(1), { signal });
    this.#scroll.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey) {
          event.preventDefault();
          this.#zoomTo(this.#zoom * Math.exp(-event.deltaY / 200), event.clientX);
        }
      },
      { signal, passive: false },
    );

    // Before the next picture, so that nothing flickers: what was dragged gives way to what the server made of it.
    const changes = new MutationObserver((records) => {
      const has = (name: string): boolean => records.some((record) => record.attributeName === name);
      const isOther = has("data-id") || records.some((record) => record.target === this.#list);
      if (isOther) {
        this.#drags.giveUp();
      }

      if (isOther || has("data-ms") || has("aria-label")) {
        this.#drags.settle();
      }

      if (isOther || has("aria-pressed")) {
        this.#aim = undefined;
      }

      this.#draw();
      if (has("aria-pressed")) {
        this.#list.querySelector("[aria-pressed='true']")?.closest("li")?.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    });
    changes.observe(this.#list, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-id", "data-ms", "aria-label", "aria-pressed"] });
    changes.observe(this.#root, { attributes: true, attributeFilter: ["data-bar-ms"] });
    const size = new ResizeObserver(() => this.#redraw());
    size.observe(this.#list);
    signal.addEventListener("abort", () => {
      changes.disconnect();
      size.disconnect();
    });
  }

  #onKey(event: KeyboardEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-part='block']") : null;
    if (button === null) {
      return;
    }

    const modified = event.ctrlKey || event.metaKey;
    const direction = event.key === "ArrowLeft" || event.key === "ArrowDown" ? -1 : event.key === "ArrowRight" || event.key === "ArrowUp" ? 1 : 0;
    const isSideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (event.altKey && direction !== 0) {
      this.#press(event, event.shiftKey ? "beats" : "length", direction);
    } else if (modified && isSideways) {
      this.#press(event, "move", direction);
    } else if (modified && event.key.toLowerCase() === "d") {
      this.#press(event, "duplicate", 0);
    } else if (modified || event.altKey) {
      return;
    } else if (isSideways || event.key === "Home" || event.key === "End") {
      this.#go(event, button, direction);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.#press(event, "remove", 0);
    } else if (event.key === "+" || event.key === "=") {
      this.#keep(event);
      this.#zoomTo(this.#zoom * zoomStep);
    } else if (event.key === "-") {
      this.#keep(event);
      this.#zoomTo(this.#zoom / zoomStep);
    } else if (event.key === "0") {
      this.#keep(event);
      this.#zoomTo(1);
    }
  }

  /** Whoever clicks a block wants its form: it comes into sight, as far as the block stays there too. */
  #showForm(item: HTMLElement): void {
    const form = document.querySelector("[data-part='section-form']")?.getBoundingClientRect();
    const lowest = document.querySelector(".action-bar")?.getBoundingClientRect().top ?? innerHeight;
    const hidden = form === undefined ? 0 : form.top + Math.min(form.height, formInSight) - Math.min(lowest, innerHeight);
    const by = Math.min(hidden, item.getBoundingClientRect().top - 8);
    if (by > 0) {
      scrollBy({ top: by, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }

  #keep(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
  }

  #press(event: KeyboardEvent, command: string, steps: number): void {
    this.#keep(event);
    if (event.repeat && (command === "remove" || command === "duplicate")) {
      return;
    }

    // A key that is held comes faster than anybody can see what it does.
    if (!event.repeat || event.timeStamp - this.#pressedAt >= repeatMs) {
      this.#pressedAt = event.timeStamp;
      const selected = readBlocks(this.#list).find((block) => block.button.getAttribute("aria-pressed") === "true");
      void this.#server.invokeMethodAsync("Press", this.#aim ?? selected?.id ?? "", command, steps);
      this.#aim = command === "remove" || command === "duplicate" ? "" : this.#aim;
    }
  }

  #go(event: KeyboardEvent, from: HTMLElement, direction: number): void {
    this.#keep(event);
    const buttons = readBlocks(this.#list).map((block) => block.button);
    const at = buttons.indexOf(from);
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : Math.min(buttons.length - 1, Math.max(0, at + direction));
    if (to !== at) {
      buttons[to]?.focus();
      this.#aim = readBlocks(this.#list)[to]?.id;
      void this.#server.invokeMethodAsync("Select", this.#aim);
    }
  }

  /** The place under the pointer stays, else the selected block, where it is in sight, else the middle. */
  #zoomTo(wanted: number, x?: number): void {
    const total = readBlocks(this.#list).reduce((sum, block) => sum + block.ms, 0) / 1000;
    const closest = Math.max(1, (total * widestSecond) / this.#scroll.clientWidth);
    const zoom = Math.min(closest, Math.max(1, wanted));
    const box = this.#scroll.getBoundingClientRect();
    const selected = this.#list.querySelector("[aria-pressed='true']")?.getBoundingClientRect();
    const middle = selected === undefined ? undefined : selected.left + selected.width / 2;
    const kept = (x ?? (middle !== undefined && middle > box.left && middle < box.right ? middle : box.left + box.width / 2)) - box.left;
    const share = (this.#scroll.scrollLeft + kept) / this.#scroll.scrollWidth;
    this.#zoom = zoom;
    this.#track.style.width = zoom === 1 ? "" : `${zoom * 100}%`;
    this.#scroll.scrollLeft = share * this.#scroll.scrollWidth - kept;
    this.#zoomIn.disabled = zoom >= closest - 0.01;
    this.#zoomOut.disabled = zoom <= 1;
    this.#draw();
  }

  /** As soon as there is time: many changes are drawn once. */
  #redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const blocks = readBlocks(this.#list).map((block) => ({ ...block, ms: Number(block.item.dataset.shownMs ?? block.ms) }));
    drawRuler(this.#ruler, blocks, Number(this.#root.dataset.barMs));
    const selected = blocks.find((block) => block.button.getAttribute("aria-pressed") === "true");
    this.#slot.style.transform = `translateX(${selected?.left ?? 0}px)`;
    this.#slot.style.width = `${selected?.width ?? 0}px`;
    this.#slot.classList.toggle("narrow", (selected?.width ?? 0) < narrowest);
  }
}

export function create(root: HTMLElement, server: Server): Timeline {
  return begin(root, new Timeline(root, server));
}
