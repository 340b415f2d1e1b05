// What the whole studio needs from the browser: the theme, shortcuts, the focus, previews, and the connection to the server.
import { connect } from "./connection";
import { keepEarlyPresses } from "./early";
import { keepFocus } from "./focus";
import { PreviewDeck } from "./previews";
import { keep } from "./storage";

const editable = "input, textarea, select, [contenteditable='true']";
const pressable = "button, a[href], summary, [role='tab'], [role='radio'], [role='switch']";

function toggleTheme(): void {
  const next = document.documentElement.dataset.theme === "light" ? "dark" : "light";
  document.documentElement.dataset.theme = next;
  keep("localStorage", "musicrender.theme", next);
  document.dispatchEvent(new CustomEvent("musicrender:theme"));
}

/** "mod+shift+z", "mod+enter", "?", " ", "[": as the data-shortcut attributes write them. */
function nameOf(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? "mod+" : "";
  const shift = modifier !== "" && event.shiftKey ? "shift+" : "";
  return modifier + shift + event.key.toLowerCase();
}

function isShown(element: HTMLElement): boolean {
  return element.offsetParent !== null && !element.matches(":disabled, [aria-disabled='true']");
}

/** Keys without a modifier belong to the field or the control that has the focus; undo belongs to fields that are not part of the plan. */
function isTaken(event: KeyboardEvent, name: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector(".mud-dialog-container") !== null) {
    return true;
  }

  if (name.startsWith("mod+")) {
    return /[zy]$/.test(name) && target?.closest("[data-own-undo]") != null;
  }

  return target?.closest(editable) != null || (name === " " && target?.closest(pressable) != null);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) {
    return;
  }

  const name = nameOf(event);
  if (isTaken(event, name)) {
    return;
  }

  const candidates = document.querySelectorAll<HTMLElement>("[data-shortcut]");
  for (const candidate of candidates) {
    if ((candidate.dataset.shortcut ?? "").split(",").includes(name) && isShown(candidate)) {
      event.preventDefault();
      if (event.repeat && !/[zy]$/.test(name)) {
        return;
      }

      if (name === "mod+enter" && document.activeElement instanceof HTMLElement) {
        // Fields that take over what is typed when they are left do so first.
        document.activeElement.blur();
      }

      candidate.click();
      return;
    }
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-theme-toggle]") !== null) {
    toggleTheme();
  }
});
keepEarlyPresses();
keepFocus();
connect();
new PreviewDeck();
