// Where things stand in JSON text: from a path to its range, and from a position to its path.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { Path } from "./schema";

const patience = 200;

/** "sections[2].lines[0]" as steps. Names of unknown fields may hold anything but dots and brackets. */
export function parsePath(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? (name ?? "") : Number(index)));
}

/** The range of what stands at a path, or of the nearest thing round it that is there. */
export function rangeOf(state: EditorState, path: Path): { from: number; to: number } {
  let node = root(state);
  let shown = node;
  for (const step of path) {
    const next = node === null ? null : typeof step === "number" ? itemOf(node, step) : propertyOf(state, node, step);
    if (next === null) {
      break;
    }

    shown = next;
    node = next.name === "Property" ? valueOf(next) : next;
  }

  if (shown === null) {
    return { from: 0, to: Math.min(1, state.doc.length) };
  }

  // Of something that goes over many lines, the first one says where it is.
  return { from: shown.from, to: Math.min(shown.to, state.doc.lineAt(shown.from).to) };
}

/** The names and indexes from the root to a node. */
export function pathTo(state: EditorState, node: SyntaxNode): Path {
  const path: (string | number)[] = [];
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    const { parent } = at;
    if (at.name === "Property") {
      path.unshift(nameOf(state, at));
    } else if (parent?.name === "Array" && isValue(at)) {
      path.unshift(children(parent).findIndex((child) => child.from === at.from));
    } else if (at.name === "Array" && node.name !== "Array" && !isValue(node) && path.length === 0 && node.parent?.from === at.from) {
      path.unshift(0);
    }
  }

  return path;
}

export function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild("PropertyName");
  if (name === null) {
    return "";
  }

  try {
    return JSON.parse(state.sliceDoc(name.from, name.to)) as string;
  } catch {
    return "";
  }
}

export function isValue(node: SyntaxNode): boolean {
  return ["Object", "Array", "String", "Number", "True", "False", "Null"].includes(node.name);
}

function root(state: EditorState): SyntaxNode | null {
  const tree = ensureSyntaxTree(state, state.doc.length, patience) ?? syntaxTree(state);
  return children(tree.topNode)[0] ?? null;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (isValue(child)) {
      found.push(child);
    }
  }

  return found;
}

function itemOf(node: SyntaxNode, index: number): SyntaxNode | null {
  return node.name === "Array" ? (children(node)[index] ?? null) : null;
}

/** The last of its name, as readers of JSON take it. */
function propertyOf(state: EditorState, node: SyntaxNode, name: string): SyntaxNode | null {
  return node.name === "Object" ? (node.getChildren("Property").findLast((property) => nameOf(state, property) === name) ?? null) : null;
}

function valueOf(property: SyntaxNode): SyntaxNode | null {
  return children(property)[0] ?? null;
}
