// What sounds now, marked in the page around a player: sections, lines and words; and the lyrics that follow.

/** How long the lyrics stay where a person has scrolled them to, ms. */
const patience = 5000;

interface Timed {
  readonly element: HTMLElement;
  readonly start: number;
  readonly end: number;
}

export class Score {
  readonly #scope: ParentNode;
  #timed: Timed[] = [];
  #line: Element | null = null;
  #scrolledAt = -patience;

  /** @param scope Holds elements that carry data-start and data-end, ms, and the lyrics. */
  constructor(scope: ParentNode, signal: AbortSignal) {
    this.#scope = scope;
    this.read();
    const lyrics = scope.querySelector("[data-part='lyrics']");
    for (const type of ["wheel", "touchmove"]) {
      lyrics?.addEventListener(type, () => (this.#scrolledAt = performance.now()), { signal, passive: true });
    }
  }

  /** Looks at the page again. */
  read(): void {
    this.#timed = [...this.#scope.querySelectorAll<HTMLElement>("[data-start][data-end]")].map((element) => ({
      element,
      start: Number(element.dataset.start) / 1000,
      end: Number(element.dataset.end) / 1000,
    }));
  }

  /** Marks what sounds at a time, s. */
  show(at: number): void {
    for (const { element, start, end } of this.#timed) {
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
