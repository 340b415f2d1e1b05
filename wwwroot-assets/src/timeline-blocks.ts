// Where the blocks of the timeline stand, as the page laid them out.

export interface Block {
  readonly item: HTMLElement;
  readonly button: HTMLElement;
  /** What the server knows the section by, wherever it stands. */
  readonly id: string;
  /** Length of the section, ms. */
  readonly ms: number;
  /** Left edge, px from the track's. */
  readonly left: number;
  readonly width: number;
}

export function readBlocks(list: HTMLElement): Block[] {
  return [...list.children].map((child) => {
    const item = child as HTMLElement;
    return {
      item,
      button: item.querySelector<HTMLElement>("[data-part='block']") ?? item,
      id: item.dataset.id ?? "",
      ms: Number(item.dataset.ms),
      left: list.offsetLeft + item.offsetLeft,
      width: item.offsetWidth,
    };
  });
}

/** "1:30" of 90 000 ms. */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
