// The plan as JSON: an editor that knows the plan's schema, shows the server's problems at their line and has no history of
// its own, for the plan's is undone as a whole.
import { acceptCompletion, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, diagnosticCount, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Server } from "../server";
import { isLost } from "../connection";
import { completeFrom } from "./completion";
import { parsePath, rangeOf } from "./places";
import { type FaultTexts, PlanSchema, type Schema } from "./schema";
import { theme } from "./theme";

interface Problem {
  readonly path: string;
  readonly message: string;
  /** 1 for the first line; null when the path says where. */
  readonly line: number | null;
}

interface Settings {
  readonly label: string;
  readonly describedBy: string;
  readonly schema: string;
  readonly needed: string;
  readonly faults: FaultTexts;
  /** What CodeMirror itself says, by its own English. */
  readonly phrases: Readonly<Record<string, string>>;
  /** The longest text that is taken, UTF-16 units. */
  readonly longest: number;
}

/** How long typing is gathered before it goes to the server, ms. */
const gather = 150;

/** More than anybody types in one stroke, UTF-16 units. */
const typedAtOnce = 100;

const fromServer = Annotation.define<boolean>();

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-value)" },
  { tag: tags.punctuation, color: "var(--ink-3)" },
]);

export function create(element: HTMLElement, server: Server, text: string, settings: Settings) {
  let schema: PlanSchema | null = null;
  let isUnsent = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  void load(settings.schema, settings.faults).then((loaded) => {
    schema = loaded;
  });

  function send(): void {
    clearTimeout(timer);
    if (isUnsent && !isLost()) {
      isUnsent = false;
      // What is lost on the way is kept by unsent.ts.
      server.invokeMethodAsync("Typed", view.state.doc.toString()).catch(() => undefined);
    }
  }

  function refuse(length: number): void {
    void server.invokeMethodAsync("Refuse", length);
  }

  function onChange(): void {
    isUnsent = true;
    document.dispatchEvent(new CustomEvent("musicrender:typed", { detail: { key: "json", value: view.state.doc.toString() } }));
    clearTimeout(timer);
    timer = setTimeout(send, gather);
    mark(own());
  }

  /** What the schema alone finds, until the server has looked. */
  function own(): readonly Problem[] {
    try {
      const value: unknown = JSON.parse(view.state.doc.toString());
      return (schema?.faults(value) ?? []).map(({ path, message }) => ({ path: path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join(""), message, line: null }));
    } catch {
      return [];
    }
  }

  function mark(problems: readonly Problem[]): void {
    const { state } = view;
    const diagnostics = problems.map(({ path, message, line }): Diagnostic => {
      const at = line === null ? rangeOf(state, parsePath(path)) : state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
      return { from: at.from, to: at.to, severity: "error", message };
    });
    // Each dispatch may put the selection back that the editor knows; without need there is none.
    if (diagnostics.length > 0 || diagnosticCount(state) > 0) {
      view.dispatch(setDiagnostics(state, diagnostics.sort((one, other) => one.from - other.from)));
    }
  }

  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightSpecialChars(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        EditorState.phrases.of(settings.phrases),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        json(),
        syntaxHighlighting(colours),
        autocompletion({ override: [completeFrom(() => schema, settings.needed)] }),
        // Tab leaves the editor, unless a completion is open.
        keymap.of([{ key: "Tab", run: acceptCompletion }, ...completionKeymap, ...lintKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")]),
        EditorView.contentAttributes.of({ "aria-label": settings.label, "aria-describedby": settings.describedBy, spellcheck: "false", autocapitalize: "off", autocomplete: "off", tabindex: "0" }),
        EditorState.changeFilter.of((change) => {
          if (!change.docChanged || change.annotation(fromServer) === true || change.newDoc.length <= settings.longest || change.newDoc.length < change.startState.doc.length) {
            return true;
          }

          refuse(change.newDoc.length);
          return false;
        }),
        EditorView.domEventHandlers({
          // Before the browser lays out megabytes only to have them taken away.
          paste(event, { state }) {
            const length = (event.clipboardData?.getData("text/plain").length ?? 0) + state.doc.length - (state.selection.main.to - state.selection.main.from);
            if (length > settings.longest) {
              event.preventDefault();
              refuse(length);
              return true;
            }

            return false;
          },
          beforeinput(event) {
            if ((event.data?.length ?? 0) > settings.longest) {
              event.preventDefault();
              refuse(event.data?.length ?? 0);
              return true;
            }

            // Programs that fill in a form select all of it in the page and insert at once, before the editor hears of the selection;
            // and a browser that lays out a long text by itself, only to have it read from the page, takes half a minute for a large plan.
            const range = event.inputType === "insertText" ? selected(view.contentDOM) : null;
            if (range !== null && event.data !== null && (event.data.length > typedAtOnce || isAllOf(view.contentDOM, range))) {
              event.preventDefault();
              const from = view.posAtDOM(range.startContainer, range.startOffset);
              const to = view.posAtDOM(range.endContainer, range.endOffset);
              view.dispatch({ changes: { from, to, insert: event.data }, selection: { anchor: from }, userEvent: "input" });
              return true;
            }

            return false;
          },
          // Whatever is pressed next finds on the server what was typed.
          blur: send,
          keydown(event) {
            if (event.ctrlKey || event.metaKey) {
              send();
            }
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromServer) === true)) {
            onChange();
          }
        }),
        theme,
      ],
    }),
  });

  document.addEventListener("musicrender:connection", send);
  document.addEventListener("musicrender:flush", send);

  // As fields have it: for whoever reads the page by its fields.
  Object.defineProperty(view.contentDOM, "value", { get: () => view.state.doc.toString() });

  return {
    /** Shows what the plan has become elsewhere. What was typed meanwhile is later and stays. */
    show(next: string): void {
      if (isUnsent) {
        return;
      }

      const before = view.state.doc.toString();
      const changes = difference(before, next);
      if (changes !== null) {
        view.dispatch({ changes, annotations: fromServer.of(true) });
      }
    },

    /** Shows what the server finds wrong with a text, if it is still the one that is here. */
    mark(length: number, problems: readonly Problem[]): void {
      if (!isUnsent && view.state.doc.length === length) {
        mark(problems);
      }
    },

    /** Goes to the line of a problem. */
    go(problem: Problem): void {
      const at = problem.line === null ? rangeOf(view.state, parsePath(problem.path)) : view.state.doc.line(Math.min(problem.line, view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
      view.focus();
    },

    dispose(): void {
      document.removeEventListener("musicrender:connection", send);
      document.removeEventListener("musicrender:flush", send);
      clearTimeout(timer);
      view.destroy();
    },
  };
}

async function load(address: string, texts: FaultTexts): Promise<PlanSchema | null> {
  try {
    const response = await fetch(address);
    return response.ok ? new PlanSchema((await response.json()) as Schema, texts) : null;
  } catch {
    // Without it there is no completion; the server still tells every problem.
    return null;
  }
}

/** What is selected in the page, when it is within an element. */
function selected(element: Element): Range | null {
  const selection = element.ownerDocument.getSelection();
  const range = selection !== null && selection.rangeCount === 1 ? selection.getRangeAt(0) : null;
  return range !== null && element.contains(range.commonAncestorContainer) ? range : null;
}

function isAllOf(element: Element, range: Range): boolean {
  return range.startContainer === element && range.startOffset === 0 && range.endContainer === element && range.endOffset === element.childNodes.length;
}

/** The one stretch that differs, so that the cursor stays where it was. */
function difference(before: string, next: string): { from: number; to: number; insert: string } | null {
  if (before === next) {
    return null;
  }

  let from = 0;
  const shorter = Math.min(before.length, next.length);
  while (from < shorter && before[from] === next[from]) {
    from++;
  }

  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === next[next.length - 1 - end]) {
    end++;
  }

  return { from, to: before.length - end, insert: next.slice(from, next.length - end) };
}
