// Completion of a plan's JSON: the fields that may stand here, with what they are for, and the values that they take.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import { nameOf, pathTo } from "./places";
import { type PlanSchema, type Schema, types } from "./schema";

/** @param neededText Stands behind fields that must be there. */
export function completeFrom(schema: () => PlanSchema | null, neededText: string) {
  return (context: CompletionContext): CompletionResult | null => {
    const known = schema();
    if (known === null) {
      return null;
    }

    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    const object = node.name === "Object" ? node : node.name === "PropertyName" ? (node.parent?.parent ?? null) : stringIn(node, "Object");
    const typed = context.matchBefore(/"?[\w]*"?$/);
    const from = node.name === "PropertyName" || node.name === "String" ? node.from : (typed?.from ?? context.pos);
    if (object !== null && !isValuePlace(context.state, from)) {
      if (typed?.text === "" && !context.explicit) {
        return null;
      }

      const place = known.at(valueOf(context.state), pathTo(context.state, object));
      return place === null ? null : { from, to: endOf(node, context.pos), options: fields(context.state, object, place, node, neededText), validFor: /^"?\w*"?$/ };
    }

    const property = node.name === "Property" ? node : node.parent?.name === "Property" ? node.parent : null;
    if (property === null) {
      return null;
    }

    const place = known.at(valueOf(context.state), pathTo(context.state, property));
    const options = place === null ? [] : values(place);
    return options.length === 0 ? null : { from, to: endOf(node, context.pos), options, validFor: /^"?\w*"?$/ };
  };
}

function fields(state: EditorState, object: SyntaxNode, schema: Schema, typing: SyntaxNode, neededText: string): Completion[] {
  const taken = new Set(object.getChildren("Property").filter((property) => property.from !== typing.from).map((property) => nameOf(state, property)));
  const needed = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .filter(([name, inner]) => !taken.has(name) && inner.type !== "null")
    .map(([name, inner]) => ({
      label: `"${name}"`,
      apply: typing.name === "PropertyName" && typing.nextSibling !== null ? `"${name}"` : `"${name}": ${empty(inner)}`,
      type: "property",
      detail: needed.has(name) ? neededText : "",
      boost: needed.has(name) ? 1 : 0,
      ...(inner.description === undefined ? {} : { info: inner.description }),
    }));
}

function values(schema: Schema): Completion[] {
  const offered = schema.enum ?? (types(schema).includes("boolean") ? [true, false] : []);
  return offered.map((value) => ({ label: JSON.stringify(value), type: "constant" }));
}

function empty(schema: Schema): string {
  switch (types(schema)[0]) {
    case "array":
      return "[]";
    case "object":
      return "{}";
    case "string":
      return '""';
    case "boolean":
      return "true";
    default:
      return types(schema).includes("integer") ? String(schema.minimum ?? 0) : "";
  }
}

function stringIn(node: SyntaxNode, name: string): SyntaxNode | null {
  return node.type.isError && node.parent?.name === name ? node.parent : null;
}

/** True behind a colon. */
function isValuePlace(state: EditorState, at: number): boolean {
  return state.sliceDoc(Math.max(0, at - 200), at).trimEnd().endsWith(":");
}

function endOf(node: SyntaxNode, pos: number): number {
  return node.name === "PropertyName" || node.name === "String" ? Math.max(pos, node.to) : pos;
}

/** What is there already decides between the shapes; text that is not whole yet says it by its field names. */
function valueOf(state: EditorState): unknown {
  const text = state.doc.toString();
  try {
    return JSON.parse(text);
  } catch {
    return Object.fromEntries(["sections", "chunks", "composition_plan"].filter((name) => text.includes(`"${name}"`)).map((name) => [name, []]));
  }
}
