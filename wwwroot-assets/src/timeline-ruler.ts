// The ruler above the blocks: times over bars. Every section begins a bar, so bars are drawn section by section.
import { clock, type Block } from "./timeline-blocks";

const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300];
const barSteps = [1, 2, 4, 8, 16, 32];
const labelWidth = 44;
const barLabelWidth = 26;
const tickGap = 7;

/** The smallest step whose marks keep their distance, or nothing when none does. */
function stepFor(steps: readonly number[], pixels: number, distance: number): number | undefined {
  return steps.find((step) => step * pixels >= distance);
}

function mark(kind: string, left: number, text = ""): HTMLElement {
  const element = document.createElement("span");
  element.className = kind;
  element.style.left = `${left.toFixed(1)}px`;
  element.textContent = text;
  return element;
}

function timeMarks(blocks: readonly Block[]): HTMLElement[] {
  const total = blocks.reduce((sum, block) => sum + block.ms, 0);
  const width = blocks.reduce((sum, block) => sum + block.width, 0);
  const step = 1000 * (stepFor(timeSteps, (1000 * width) / total, labelWidth) ?? 600);
  const marks: HTMLElement[] = [];
  let from = 0;
  for (const block of blocks) {
    for (let at = Math.ceil(from / step) * step; at < from + block.ms; at += step) {
      marks.push(mark("ruler-time", block.left + ((at - from) / block.ms) * block.width, clock(at)));
    }

    from += block.ms;
  }

  return marks;
}

function barMarks(blocks: readonly Block[], barMs: number): HTMLElement[] {
  const marks: HTMLElement[] = [];
  let number = 1;
  let labelledTo = -Infinity;
  for (const block of blocks) {
    const bars = Math.max(1, Math.ceil(block.ms / barMs - 0.01));
    const pixels = (block.width * barMs) / block.ms;
    const ticks = stepFor(barSteps, pixels, tickGap) ?? bars;
    const labels = stepFor(barSteps, pixels, barLabelWidth) ?? bars;
    for (let bar = 0; bar < bars; bar += ticks) {
      const left = block.left + bar * pixels;
      const isLabelled = bar % labels === 0 && left >= labelledTo;
      labelledTo = isLabelled ? left + barLabelWidth : labelledTo;
      marks.push(mark(bar === 0 ? "ruler-bar first" : "ruler-bar", left, isLabelled ? String(number + bar) : ""));
    }

    number += bars;
  }

  return marks;
}

export function drawRuler(ruler: HTMLElement, blocks: readonly Block[], barMs: number): void {
  const shown = blocks.filter((block) => block.ms > 0);
  ruler.replaceChildren(...(shown.length === 0 ? [] : [...timeMarks(shown), ...barMarks(shown, barMs)]));
}
