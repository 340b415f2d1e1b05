// Drags on the timeline: a block to another place, an edge to another length. All of it is drawn here; the server hears of
// it once, when it ends. A finger holds a block for a moment before it moves, so that the timeline can still be scrolled.
import { clock, readBlocks, type Block } from "./timeline-blocks";

const slack = 5;
const holdMs = 320;
const scrollZone = 48;
const fastestScroll = 14;

export interface Stage {
  readonly root: HTMLElement;
  readonly scroll: HTMLElement;
  readonly list: HTMLElement;
  readonly bubble: HTMLElement;
  /** The blocks were moved or resized on the screen. */
  redraw(): void;
  /** A section is to take the place of another. */
  drop(id: string, place: string): Promise<unknown>;
  resize(id: string, ms: number): Promise<unknown>;
}

interface Drag {
  move(x: number): void;
  /** Ends it; gives what the server is to be asked, or nothing when all stays as it was. */
  end(): (() => Promise<unknown>) | undefined;
  clear(): void;
}

function number(root: HTMLElement, name: string): number {
  return Number(root.dataset[name]);
}

/** A block on its way to another place: the others make room. */
class Reorder implements Drag {
  readonly #stage: Stage;
  readonly #blocks: Block[];
  readonly #at: number;
  readonly #from: number;
  #to: number;

  constructor(stage: Stage, at: number, x: number) {
    this.#stage = stage;
    this.#blocks = readBlocks(stage.list);
    this.#at = at;
    this.#to = at;
    this.#from = x + stage.scroll.scrollLeft;
    this.#blocks[at]?.item.classList.add("dragged");
    stage.root.classList.add("reordering");
  }

  move(x: number): void {
    const dragged = this.#blocks[this.#at];
    const [first, last] = [this.#blocks[0], this.#blocks.at(-1)];
    if (dragged === undefined || first === undefined || last === undefined) {
      return;
    }

    // Within the timeline: beyond its end it would make it longer, and scroll it on for ever.
    const wanted = x + this.#stage.scroll.scrollLeft - this.#from;
    const by = Math.max(first.left - dragged.left, Math.min(last.left + last.width - dragged.left - dragged.width, wanted));
    const left = dragged.left + by;
    const right = left + dragged.width;
    const centre = (block: Block): number => block.left + block.width / 2;
    const passed = this.#blocks.filter((block, index) => index > this.#at && centre(block) < right).length;
    const regained = this.#blocks.filter((block, index) => index < this.#at && centre(block) > left).length;
    this.#to = this.#at + passed - regained;
    const room = dragged.width + this.#gap();
    this.#blocks.forEach((block, index) => {
      const shift = index > this.#at && index <= this.#to ? -room : index < this.#at && index >= this.#to ? room : 0;
      block.item.style.transform = `translateX(${index === this.#at ? by : shift}px)`;
    });
  }

  end(): (() => Promise<unknown>) | undefined {
    const [from, to] = [this.#at, this.#to];
    if (from === to) {
      return undefined;
    }

    // It lies where it will be until the server has put it there.
    const dragged = this.#blocks[from];
    const before = this.#blocks.slice(Math.min(from, to), Math.max(from, to) + 1).filter((_, index, all) => (from < to ? index > 0 : index < all.length - 1));
    const way = before.reduce((sum, block) => sum + block.width + this.#gap(), 0);
    if (dragged !== undefined) {
      dragged.item.style.transform = `translateX(${from < to ? way : -way}px)`;
    }

    const place = this.#blocks[to];
    return dragged === undefined || place === undefined ? undefined : () => this.#stage.drop(dragged.id, place.id);
  }

  clear(): void {
    this.#stage.root.classList.remove("reordering");
    for (const block of this.#blocks) {
      block.item.classList.remove("dragged");
      block.item.style.transform = "";
    }
  }

  #gap(): number {
    const [first, second] = this.#blocks;
    return first !== undefined && second !== undefined ? second.left - first.left - first.width : 0;
  }
}

/** An edge on its way to another length. The scale stays as it was when the drag began. */
class Resize implements Drag {
  readonly #stage: Stage;
  readonly #blocks: Block[];
  readonly #at: number;
  readonly #from: number;
  readonly #msPerPixel: number;
  readonly #length: number;
  readonly #grow: string[];
  #ms: number;
  #isFree = false;

  constructor(stage: Stage, at: number, x: number) {
    this.#stage = stage;
    this.#at = at;
    this.#blocks = readBlocks(stage.list);
    this.#from = x + stage.scroll.scrollLeft;
    this.#length = this.#blocks[at]?.ms ?? 0;
    this.#ms = this.#length;
    this.#msPerPixel = this.#length / Math.max(1, this.#blocks[at]?.width ?? 1);
    this.#grow = this.#blocks.map((block) => block.item.style.flexGrow);
    for (const block of this.#blocks) {
      block.item.style.flex = `0 0 ${block.width}px`;
    }

    this.#blocks[at]?.item.classList.add("resized");
    stage.root.classList.add("resizing");
  }

  /** Alt turns snapping the other way round for as long as it is held. */
  set isFree(isFree: boolean) {
    this.#isFree = isFree;
  }

  move(x: number): void {
    const block = this.#blocks[this.#at];
    if (block === undefined) {
      return;
    }

    const wanted = this.#length + (x + this.#stage.scroll.scrollLeft - this.#from) * this.#msPerPixel;
    this.#ms = this.#fitted(wanted);
    block.item.style.flexBasis = `${this.#ms / this.#msPerPixel}px`;
    block.item.dataset.shownMs = String(this.#ms);
    this.#stage.redraw();
    this.#say(block);
  }

  end(): (() => Promise<unknown>) | undefined {
    const [block, ms] = [this.#blocks[this.#at], this.#ms];
    return ms === this.#length || block === undefined ? undefined : () => this.#stage.resize(block.id, ms);
  }

  clear(): void {
    this.#stage.root.classList.remove("resizing");
    this.#stage.bubble.classList.remove("shown");
    this.#blocks.forEach((block, index) => {
      block.item.classList.remove("resized");
      delete block.item.dataset.shownMs;
      block.item.style.flexShrink = "";
      block.item.style.flexBasis = "";
      // Where the server has written a length meanwhile, that one stays.
      if (block.item.style.flexGrow === "0" || block.item.style.flexGrow === "") {
        block.item.style.flexGrow = Number(block.item.dataset.ms) === block.ms ? (this.#grow[index] ?? "") : String(Math.max(1000, Number(block.item.dataset.ms)));
      }
    });
    this.#stage.redraw();
  }

  #fitted(ms: number): number {
    const { root } = this.#stage;
    const snaps = (root.dataset.snap === "true") !== this.#isFree;
    const unit = snaps ? number(root, "barMs") : number(root, "freeMs");
    const [least, most] = [Math.ceil(number(root, "minMs") / unit), Math.floor(number(root, "maxMs") / unit)];
    return Math.round(Math.min(most, Math.max(least, Math.round(ms / unit))) * unit);
  }

  #say(block: Block): void {
    const { root, bubble } = this.#stage;
    const bars = Math.round((100 * this.#ms) / number(root, "barMs")) / 100;
    const text = bars === 1 ? root.dataset.barText : root.dataset.barsText?.replace(/\{0[^}]*\}/, bars.toLocaleString(undefined));
    bubble.textContent = `${clock(this.#ms)} · ${text ?? ""}`;
    bubble.style.left = `${block.left + this.#ms / this.#msPerPixel}px`;
    bubble.classList.add("shown");
  }
}

export class Drags {
  readonly #stage: Stage;
  readonly #signal: AbortSignal;
  #drag: Drag | undefined;
  #waiting: Drag | undefined;
  #giveUp: (() => void) | undefined;
  /** Ends what a finger holds and has not moved yet. */
  #letGo: (() => void) | undefined;
  #x = 0;
  #scrolling = 0;

  constructor(stage: Stage, signal: AbortSignal) {
    this.#stage = stage;
    this.#signal = signal;
    stage.list.addEventListener("pointerdown", (event) => this.#onDown(event), { signal });
    // A finger that holds a block scrolls no more; this can only be said before the browser begins to.
    stage.list.addEventListener("touchmove", (event) => this.#drag !== undefined && event.cancelable && event.preventDefault(), { signal, passive: false });
    // A finger that stops what still glides scrolls on, whatever is said: it holds nothing.
    stage.list.addEventListener("touchstart", (event) => !event.cancelable && this.#letGo?.(), { signal, passive: false });
    stage.list.addEventListener("contextmenu", (event) => this.#drag !== undefined && event.preventDefault(), { signal });
    signal.addEventListener("abort", () => this.#drop(false));
  }

  /** What was dropped is now as the server has it. */
  settle(): void {
    this.#waiting?.clear();
    this.#waiting = undefined;
  }

  /** Somebody else moved, added or removed sections: what was under the pointer is no longer what is being dragged. */
  giveUp(): void {
    this.#giveUp?.();
  }

  #onDown(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const item = target?.closest<HTMLElement>("li");
    const { root, list } = this.#stage;
    if (item == null || event.button !== 0 || !event.isPrimary || this.#drag !== undefined || root.dataset.locked === "true") {
      return;
    }

    this.settle();
    const at = [...list.children].indexOf(item);
    const isEdge = target?.closest("[data-part='edge']") != null;
    if (isEdge) {
      event.preventDefault();
    }

    const start = event.clientX;
    const startY = event.clientY;
    this.#x = start;
    const gesture = new AbortController();
    const options = { signal: AbortSignal.any([gesture.signal, this.#signal]) };
    const begin = (): void => {
      this.#drag = isEdge ? new Resize(this.#stage, at, start) : new Reorder(this.#stage, at, start);
      item.setPointerCapture(event.pointerId);
      this.#scroll();
    };
    const hold = event.pointerType === "touch" && !isEdge ? setTimeout(begin, holdMs) : undefined;
    const finish = (isDropped: boolean): void => {
      clearTimeout(hold);
      gesture.abort();
      this.#giveUp = undefined;
      this.#letGo = undefined;
      this.#drop(isDropped);
    };
    this.#letGo = hold === undefined ? undefined : () => this.#drag === undefined && finish(false);
    this.#giveUp = () => {
      if (this.#drag !== undefined) {
        // The pointer is still down, on what has become another section.
        window.addEventListener("pointerup", () => this.#swallowClick(), { capture: true, once: true, signal: this.#signal });
      }

      finish(false);
    };

    window.addEventListener(
      "pointermove",
      (move) => {
        if (move.pointerId !== event.pointerId) {
          return;
        }

        this.#x = move.clientX;
        if (this.#drag === undefined) {
          const isFar = Math.hypot(move.clientX - start, move.clientY - startY) > slack;
          if (hold !== undefined && isFar) {
            finish(false);
          } else if (hold === undefined && Math.abs(move.clientX - start) > (isEdge ? 0 : slack)) {
            begin();
          }
        }

        if (this.#drag instanceof Resize) {
          this.#drag.isFree = move.altKey;
        }

        this.#drag?.move(this.#x);
      },
      options,
    );
    window.addEventListener("pointerup", (up) => up.pointerId === event.pointerId && finish(true), options);
    window.addEventListener("pointercancel", (cancel) => cancel.pointerId === event.pointerId && finish(false), options);
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key === "Escape" && this.#drag !== undefined) {
          key.preventDefault();
          key.stopPropagation();
          finish(false);
        }
      },
      { ...options, capture: true },
    );
  }

  #drop(isDropped: boolean): void {
    cancelAnimationFrame(this.#scrolling);
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag === undefined) {
      return;
    }

    this.#swallowClick();
    const ask = isDropped ? drag.end() : undefined;
    if (ask === undefined) {
      drag.clear();
      return;
    }

    this.#waiting = drag;
    const settle = (): void => {
      if (this.#waiting === drag) {
        this.settle();
      }
    };
    ask().then(settle, settle);
  }

  /** The click that ends a drag means nothing. */
  #swallowClick(): void {
    const swallow = new AbortController();
    window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, signal: swallow.signal });
    // Whoever presses again means it.
    window.addEventListener("pointerdown", () => swallow.abort(), { capture: true, signal: swallow.signal });
    setTimeout(() => swallow.abort(), 60);
  }

  /** Near an end of the window the timeline goes on by itself. */
  #scroll(): void {
    const { scroll } = this.#stage;
    const box = scroll.getBoundingClientRect();
    const beyond = Math.min(0, this.#x - box.left - scrollZone) + Math.max(0, this.#x - box.right + scrollZone);
    if (beyond !== 0 && scroll.scrollWidth > scroll.clientWidth) {
      const before = scroll.scrollLeft;
      scroll.scrollLeft += Math.max(-1, Math.min(1, beyond / scrollZone)) * fastestScroll;
      if (scroll.scrollLeft !== before) {
        this.#drag?.move(this.#x);
      }
    }

    this.#scrolling = requestAnimationFrame(() => this.#scroll());
  }
}
