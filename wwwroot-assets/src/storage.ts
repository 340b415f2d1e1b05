// What the browser keeps for us. Some browsers are told to keep nothing: then nothing is kept, and nothing breaks.

type Area = "localStorage" | "sessionStorage";

/** What is kept under a name; null when there is nothing, or when nothing may be kept. */
export function kept(area: Area, name: string): string | null {
  try {
    return window[area].getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name, where that is allowed; null forgets what was there. */
export function keep(area: Area, name: string, text: string | null): void {
  try {
    if (text === null) {
      window[area].removeItem(name);
    } else {
      window[area].setItem(name, text);
    }
  } catch {
    // There is no room, or nothing may be kept: it lasts as long as the page does.
  }
}
