// What was typed and is not known to be saved: kept in this tab until the server says that it is, and sent again after a lost
// connection, a reload or a restart of the server. Fields take part by data-keep, the name the server knows them by.
import { isLost } from "./connection";
import type { Server } from "./server";
import { keep, kept } from "./storage";

/** Longer than the JSON editor gathers what is typed, ms. */
const onItsWay = 200;

interface Typed {
  readonly value: string;
  readonly number: number;
}

export function create(_element: Element, server: Server, draft: string): { dispose(): void } {
  const place = `musicrender.unsent.${draft}`;
  const typed = new Map<string, Typed>(read(place));
  const touched = new Set<Element>();
  let count = 0;
  let asking: object | null = null;

  function note(key: string, value: string): void {
    // What was typed last goes last.
    typed.delete(key);
    typed.set(key, { value, number: ++count });
    store();
    void ask();
  }

  function store(): void {
    keep("sessionStorage", place, typed.size === 0 ? null : JSON.stringify([...typed]));
  }

  /** Asks when everything is saved that was sent so far; one question at a time. */
  async function ask(): Promise<void> {
    if (asking !== null || isLost()) {
      return;
    }

    const question = {};
    asking = question;
    const asked = count;
    // What is asked about must be on its way before the question is: fields send after this module hears of them, the JSON editor a little later.
    await new Promise((resolve) => setTimeout(resolve, onItsWay));
    if (asking !== question) {
      return;
    }

    if (isLost()) {
      asking = null;
      return;
    }

    try {
      await server.invokeMethodAsync("WhenSavedAsync");
      for (const [key, { number }] of typed) {
        if (number <= asked) {
          typed.delete(key);
        }
      }

      store();
    } catch {
      // The connection went, or the server: it is sent again when they are back.
      return;
    } finally {
      if (asking === question) {
        asking = null;
      }
    }

    if (typed.size > 0) {
      void ask();
    }
  }

  async function send(): Promise<void> {
    asking = null;
    const all = [...typed].map(([key, { value }]) => [key, value]);
    try {
      for (const one of all) {
        // One by one: a message has its limit.
        await server.invokeMethodAsync("Take", ...one);
      }
    } catch {
      return;
    }

    for (const field of touched) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    touched.clear();
    if (typed.size > 0) {
      void ask();
    }
  }

  function onInput(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
      return;
    }

    if (isLost()) {
      event.stopImmediatePropagation();
    }

    if (field.dataset.keep !== undefined) {
      note(field.dataset.keep, field.value);
    } else if (isLost()) {
      touched.add(field);
    }
  }

  function onTyped(event: Event): void {
    const { key, value } = (event as CustomEvent<{ key: string; value: string }>).detail;
    note(key, value);
  }

  function onConnection(): void {
    if (!isLost()) {
      void send();
    }
  }

  window.addEventListener("input", onInput, { capture: true });
  document.addEventListener("musicrender:typed", onTyped);
  document.addEventListener("musicrender:connection", onConnection);
  if (typed.size > 0) {
    count = typed.size;
    void send();
  }

  return {
    dispose() {
      if (!isLost()) {
        // The server saves what it has when a page leaves.
        asking = null;
        typed.clear();
        store();
      }

      window.removeEventListener("input", onInput, { capture: true });
      document.removeEventListener("musicrender:typed", onTyped);
      document.removeEventListener("musicrender:connection", onConnection);
    },
  };
}

function read(place: string): [string, Typed][] {
  const text = kept("sessionStorage", place);
  return text === null ? [] : (JSON.parse(text) as [string, Typed][]).map(([key, { value }], at) => [key, { value, number: at + 1 }]);
}
