// As much of a browser as the modules under test touch: a window, a document, fields with names, and what a tab keeps.
import { build } from "esbuild";

class Field extends EventTarget {
  dataset;
  value = "";
  constructor(dataset) {
    super();
    this.dataset = dataset;
  }
}

globalThis.HTMLInputElement = Field;
globalThis.HTMLTextAreaElement = class extends Field {};

/** A page of a tab. Pages of the same tab keep the same texts. */
export class Page {
  fields = [];
  constructor(kept = new Map()) {
    this.kept = kept;
  }

  /** From now on, the globals are this page's. */
  show() {
    const { fields, kept } = this;
    globalThis.window = new EventTarget();
    window.sessionStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) };
    globalThis.document = Object.assign(new EventTarget(), {
      documentElement: { dataset: { connection: "there" } },
      querySelector: (selector) => fields.find((field) => selector === `[data-keep="${field.dataset.keep}"]`) ?? null,
    });
    return this;
  }

  field(keep, isUnfinished = false) {
    const field = new Field(isUnfinished ? { keep, keepUnfinished: "" } : { keep });
    this.fields.push(field);
    return field;
  }

  /** Types a field's whole text; true when the event gets as far as the server's half of the page. */
  type(field, value) {
    field.value = value;
    return this.#send("input", field);
  }

  press(field) {
    this.#send("click", field);
  }

  leave(field) {
    this.#send("focusout", field);
  }

  /** Loses the connection, or finds it again. */
  connect(isThere) {
    document.documentElement.dataset.connection = isThere ? "there" : "lost";
    document.dispatchEvent(new Event("musicrender:connection"));
  }

  #send(name, field) {
    const event = new Event(name, { cancelable: true });
    let isStopped = false;
    Object.defineProperty(event, "target", { value: field });
    event.stopImmediatePropagation = () => (isStopped = true);
    window.dispatchEvent(event);
    return !isStopped;
  }
}

/** A module of src. */
export async function load(name) {
  const built = await build({ entryPoints: [new URL(`../src/${name}.ts`, import.meta.url).pathname], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript,${encodeURIComponent(built.outputFiles[0].text)}`);
}

/** Until everything that can happen without time going by has happened. */
export async function calm() {
  await new Promise((resolve) => setImmediate(resolve));
}
