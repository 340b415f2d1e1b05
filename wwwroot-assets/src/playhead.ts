// Where a preview of the plan is, on the timeline.

/**
 * Shows the place, or nothing.
 * @param section The section that is heard, counted from 0; null for the whole plan.
 * @param at How far it is, s; null for nothing.
 */
export function movePlayhead(section: number | null, at: number | null): void {
  const head = document.querySelector<HTMLElement>("[data-part='playhead']");
  const items = [...document.querySelectorAll<HTMLElement>("[data-part='blocks'] > li")];
  let rest = (at ?? 0) * 1000;
  let index = section ?? 0;
  while (section === null && index < items.length - 1 && rest >= lengthOf(items[index])) {
    rest -= lengthOf(items[index++]);
  }

  const block = items[index]?.getBoundingClientRect();
  const track = head?.parentElement?.getBoundingClientRect();
  const isShown = at !== null && block !== undefined;
  head?.toggleAttribute("data-shown", isShown);
  if (isShown && head !== null && track !== undefined) {
    const share = Math.min(1, rest / lengthOf(items[index]));
    const isFromRight = getComputedStyle(head).direction === "rtl";
    head.style.translate = `${(isFromRight ? block.right - block.width * share : block.left + block.width * share) - track.left}px`;
  }
}

function lengthOf(item: HTMLElement | undefined): number {
  return Math.max(1, Number(item?.dataset.ms));
}
