// What was typed and is not known to be saved: kept in this tab until the server says that it is, and sent again after a lost
// connection, a reload or a restart of the server. Fields take part by data-keep, the name the server knows them by. Texts are
// numbered: the server takes none twice, so that what was taken back or overwritten since does not come back.
import { isLost } from "./connection";
import type { Server } from "./server";
import { keep, kept } from "./storage";

/** Longer than the JSON editor gathers what is typed, ms. */
const onItsWay = 200;

interface Typed {
  readonly value: string;
  /** The page that it was typed in: this one, or one before a reload. */
  readonly page: string;
  /** Counts what was typed in that page. */
  readonly number: number;
  /** True for a text that is part of the draft only when it is finished: half a style. It is kept as long as it stands in its field. */
  readonly isUnfinished: boolean;
}

/** What has become of texts that the server has. */
interface News {
  readonly number: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly gone: readonly string[];
}

type Stray = readonly [key: string, value: string];

interface Store {
  readonly typed: readonly (readonly [string, Typed])[];
  /** Texts that have no place any more: they stay in sight until somebody is done with them. */
  readonly strays: readonly Stray[];
}

export function create(_element: Element, server: Server, draft: string) {
  const place = `musicrender.unsent.${draft}`;
  const page = newName();
  const before = read(place);
  const typed = new Map<string, Typed>(before.typed);
  const touched = new Set<Element>();
  let strays = before.strays;
  let count = 0;
  let heard = 0;
  let asking: object | null = null;
  let isSending = false;

  function note(key: string, value: string, isUnfinished = false): void {
    // What was typed last goes last.
    typed.delete(key);
    count++;
    if (!isUnfinished || value.trim() !== "") {
      typed.set(key, { value, page, number: count, isUnfinished });
    }

    store();
    void ask();
  }

  function store(): void {
    keep("sessionStorage", place, typed.size + strays.length === 0 ? null : JSON.stringify({ typed: [...typed], strays } satisfies Store));
  }

  /** True while half a style stands in its field: nothing is to be done with it. */
  function rests(key: string, { isUnfinished, value }: Typed): boolean {
    return isUnfinished && fieldOf(key)?.value === value;
  }

  function isWaiting(): boolean {
    return [...typed].some(([key, entry]) => !rests(key, entry));
  }

  /** What is still being gathered is sent before the server is told that it has it. */
  function flush(): void {
    document.dispatchEvent(new Event("musicrender:flush"));
  }

  /** What is pressed next finds on the server what was typed: it shall know so. */
  function tell(): void {
    if (count > heard && !isLost() && !isSending) {
      heard = count;
      flush();
      server.invokeMethodAsync("Hear", page, count, [...typed.keys()]).catch(() => undefined);
    }
  }

  /** Asks when everything is saved that was sent so far; one question at a time. */
  async function ask(): Promise<void> {
    if (asking !== null || isSending || isLost()) {
      return;
    }

    const question = {};
    asking = question;
    // What is asked about must be on its way before the question is: fields send after this module hears of them, the JSON editor a little later.
    await new Promise((resolve) => setTimeout(resolve, onItsWay));
    if (asking !== question) {
      return;
    }

    if (isLost()) {
      asking = null;
      return;
    }

    const asked = count;
    heard = asked;
    flush();
    try {
      const news = (await server.invokeMethodAsync("WhenSavedAsync", page, asked, [...typed.keys()])) as News | null;
      await (news === null ? settle(asked) : takeUp(news));
      store();
    } catch {
      // The connection went, or the server: it is sent again when they are back.
      return;
    } finally {
      if (asking === question) {
        asking = null;
      }
    }

    if (isWaiting()) {
      void ask();
    }
  }

  function isAmong(entry: Typed, number: number): boolean {
    return entry.page !== page || entry.number <= number;
  }

  /** Everything up to a number is saved. */
  async function settle(number: number): Promise<void> {
    for (const [key, entry] of [...typed]) {
      if (!isAmong(entry, number) || rests(key, entry)) {
        continue;
      }

      if (entry.isUnfinished && fieldOf(key) === null) {
        // It is a chip by now, or its field went away under whoever typed.
        await take(key, entry);
      } else {
        typed.delete(key);
      }
    }
  }

  /** Undo, or another window, changed what was typed here: what counts is what stands there now. */
  async function takeUp({ number, texts, gone }: News): Promise<void> {
    for (const [key, entry] of [...typed]) {
      const text = texts[key];
      if (!isAmong(entry, number)) {
        continue;
      }

      if (gone.includes(key)) {
        await stray(key, entry.value);
        typed.delete(key);
      } else if (text !== undefined) {
        typed.set(key, { ...entry, value: text });
      }
    }
  }

  async function take(key: string, entry: Typed): Promise<void> {
    const isTaken = (await server.invokeMethodAsync("Take", key, entry.value, entry.page, entry.number)) as boolean;
    if (typed.get(key) !== entry) {
      return;
    }

    if (isTaken) {
      typed.set(key, { ...entry, isUnfinished: false });
    } else {
      await stray(key, entry.value);
      typed.delete(key);
    }
  }

  async function stray(key: string, value: string): Promise<void> {
    if (value.trim() !== "") {
      strays = [...strays, [key, value]];
      store();
      await server.invokeMethodAsync("Show", key, value);
    }
  }

  async function send(): Promise<void> {
    asking = null;
    isSending = true;
    try {
      for (const one of strays) {
        await server.invokeMethodAsync("Show", ...one);
      }

      for (const [key, entry] of [...typed]) {
        if (typed.get(key) !== entry) {
          // Somebody typed on meanwhile, and that has been sent.
          continue;
        }

        // One by one: a message has its limit.
        const field = rests(key, entry) ? fieldOf(key) : null;
        if (field === null) {
          await take(key, entry);
        } else {
          touched.add(field);
        }
      }
    } catch {
      return;
    } finally {
      isSending = false;
    }

    store();
    for (const field of touched) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    touched.clear();
    if (isWaiting()) {
      void ask();
    }
  }

  function onInput(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
      return;
    }

    const isUnfinished = field.dataset.keepUnfinished !== undefined;
    if (isLost()) {
      event.stopImmediatePropagation();
      if (isUnfinished || field.dataset.keep === undefined) {
        touched.add(field);
      }
    }

    if (field.dataset.keep !== undefined) {
      note(field.dataset.keep, field.value, isUnfinished);
    }
  }

  function onTyped(event: Event): void {
    const { key, value } = (event as CustomEvent<{ key: string; value: string }>).detail;
    note(key, value);
  }

  /** Half a style may have become a chip. What is dragged or pressed by a key next finds what was typed, too. */
  function onLeave(): void {
    tell();
    if ([...typed.values()].some(({ isUnfinished }) => isUnfinished)) {
      void ask();
    }
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      onLeave();
    }
  }

  function onConnection(): void {
    if (!isLost()) {
      void send();
    }
  }

  window.addEventListener("input", onInput, { capture: true });
  window.addEventListener("click", onLeave, { capture: true });
  window.addEventListener("focusout", onLeave, { capture: true });
  window.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("musicrender:typed", onTyped);
  document.addEventListener("musicrender:connection", onConnection);
  if (typed.size + strays.length > 0) {
    void send();
  }

  return {
    /** Somebody else removed a section: a field may be gone. */
    check: onLeave,

    /** Somebody is done with a text that has no place. */
    drop(key: string, value: string): void {
      strays = strays.filter((one) => one[0] !== key || one[1] !== value);
      store();
    },

    dispose(): void {
      if (!isLost() && !isSending) {
        // The server saves what it has when a page leaves.
        asking = null;
        typed.clear();
        store();
      }

      window.removeEventListener("input", onInput, { capture: true });
      window.removeEventListener("click", onLeave, { capture: true });
      window.removeEventListener("focusout", onLeave, { capture: true });
      window.removeEventListener("keydown", onKey, { capture: true });
      document.removeEventListener("musicrender:typed", onTyped);
      document.removeEventListener("musicrender:connection", onConnection);
    },
  };
}

function fieldOf(key: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`[data-keep="${key}"]`);
}

/** Like no other: a tab that is duplicated has the same texts, but numbers its own. */
function newName(): string {
  return [...crypto.getRandomValues(new Uint32Array(2))].map((number) => number.toString(36)).join("");
}

function read(place: string): Store {
  try {
    const store = JSON.parse(kept("sessionStorage", place) ?? "{}") as Partial<Store>;
    return { typed: store.typed ?? [], strays: store.strays ?? [] };
  } catch {
    return { typed: [], strays: [] };
  }
}
