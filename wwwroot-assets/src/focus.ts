// Where the focus goes when what had it is gone: to the page's heading, so that keys and screen readers go on from there.

/** Whoever takes something away may give the focus another place first; milliseconds. */
const grace = 250;

let last: Element | null = null;
let path = "";
let timer = 0;

function isLost(): boolean {
  return last !== null && !last.isConnected && (document.activeElement === null || document.activeElement === document.body);
}

function settle(): void {
  timer = 0;
  const heading = document.querySelector<HTMLElement>("#content h1[tabindex='-1']");
  if (isLost() && heading !== null) {
    last = null;
    // Another page begins at its top; on the same page nothing jumps.
    heading.focus({ preventScroll: path === location.pathname });
  }
}

export function keepFocus(): void {
  document.addEventListener("focusin", (event) => {
    last = event.target as Element;
    path = location.pathname;
  });
  new MutationObserver(() => {
    if (timer === 0 && isLost()) {
      timer = window.setTimeout(settle, grace);
    }
  }).observe(document.body, { childList: true, subtree: true });
}
