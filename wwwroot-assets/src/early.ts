// Buttons that only the browser's half of a component works can be seen, and pressed, a moment before that half is there: the press is
// kept until then.
const worked = "button[data-part], button[data-src]";

/** Whoever pressed longer ago no longer waits for what would come of it, ms. */
const patience = 10_000;

const begun = new WeakSet<Element>();
let early: { readonly button: HTMLElement; readonly at: number } | null = null;

function hasBegun(element: Element | null): boolean {
  return element !== null && (begun.has(element) || hasBegun(element.parentElement));
}

/** Keeps presses from now on; only the newest counts. */
export function keepEarlyPresses(): void {
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>(worked) : null;
      early = button === null || hasBegun(button) ? null : { button, at: event.timeStamp };
    },
    { capture: true },
  );
}

/**
 * Says that the browser's half of a component is there, and does what was pressed before.
 * @param root The component's element.
 * @param part Its half, which hears presses already.
 * @returns That half.
 */
export function begin<T>(root: Element, part: T): T {
  begun.add(root);
  if (early !== null && root.contains(early.button)) {
    const { button, at } = early;
    early = null;
    if (performance.now() - at < patience) {
      button.click();
    }
  }

  return part;
}
