// A plan's ways in and out of the page: files, the clipboard, and pasting where no field is.
import { isLost } from "./connection";
import type { Server } from "./server";

interface Limits {
  /** The longest text that is taken, UTF-16 units. */
  readonly longest: number;
}

const editable = "input, textarea, select, [contenteditable='true'], .cm-editor";

export function create(element: HTMLElement, server: Server, { longest }: Limits) {
  const chooser = element.querySelector<HTMLInputElement>("input[type='file']");

  async function take(text: string): Promise<void> {
    if (text.length > longest) {
      await server.invokeMethodAsync("Refuse", text.length);
    } else {
      await server.invokeMethodAsync("ImportAsync", text);
    }
  }

  async function onChosen(): Promise<void> {
    const file = chooser?.files?.[0];
    if (chooser === null || file === undefined) {
      return;
    }

    // A file of that many bytes is too long in any script.
    if (file.size > longest * 4) {
      await server.invokeMethodAsync("Refuse", file.size);
    } else {
      await take(await file.text());
    }

    chooser.value = "";
  }

  function onPaste(event: ClipboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.defaultPrevented && target?.closest(editable) == null && text.trimStart().startsWith("{")) {
      event.preventDefault();
      whenHeard(() => void take(text));
    }
  }

  chooser?.addEventListener("change", onChosen);
  document.addEventListener("paste", onPaste);

  return {
    choose(): void {
      chooser?.click();
    },

    /** Puts a text on the clipboard; false when the browser does not let us. */
    async copy(text: string): Promise<boolean> {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return copyBySelection(text);
      }
    },

    /** Takes the clipboard's text; false when the browser does not let us read it. */
    async paste(): Promise<boolean> {
      try {
        await take(await navigator.clipboard.readText());
        return true;
      } catch {
        return false;
      }
    },

    save(name: string, text: string): void {
      const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },

    dispose(): void {
      chooser?.removeEventListener("change", onChosen);
      document.removeEventListener("paste", onPaste);
    },
  };
}

/** At once, or as soon as the server hears this page again. */
function whenHeard(act: () => void): void {
  if (!isLost()) {
    act();
    return;
  }

  const onConnection = () => {
    if (!isLost()) {
      document.removeEventListener("musicrender:connection", onConnection);
      act();
    }
  };
  document.addEventListener("musicrender:connection", onConnection);
}

/** Pages that came over plain HTTP from another machine have no clipboard of their own. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  const focused = document.activeElement;
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }

  return isCopied;
}
