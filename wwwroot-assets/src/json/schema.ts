// As much of JSON Schema as the plans' schemas use: what may stand at a place, and what is wrong with a value.
import { fill } from "../clock";

export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

export type Path = readonly (string | number)[];

export interface Fault {
  readonly path: Path;
  readonly message: string;
}

/** What people are told, with {0}, {1} … for what it is about. */
export interface FaultTexts {
  readonly type: string;
  readonly or: string;
  readonly oneOf: string;
  readonly range: string;
  readonly above: string;
  readonly tooLong: string;
  readonly empty: string;
  readonly entries: string;
  readonly missing: string;
  /** What values of JSON are called: "a list". */
  readonly types: Readonly<Record<string, string>>;
}

/** The schemas of one document. */
export class PlanSchema {
  constructor(
    private readonly root: Schema,
    private readonly texts: FaultTexts,
  ) {}

  /** What may stand at a place of a value: choices are made by the fields that are there. */
  at(value: unknown, path: Path): Schema | null {
    let schema = this.choose(this.root, value);
    let here = value;
    for (const step of path) {
      const next = typeof step === "number" ? schema.items : schema.properties?.[step];
      if (next === undefined) {
        return null;
      }

      here = isObject(here) ? here[step as string] : Array.isArray(here) ? here[step as number] : undefined;
      schema = this.choose(next, here);
    }

    return schema;
  }

  /** Everything that is wrong with a value. */
  faults(value: unknown): Fault[] {
    const faults: Fault[] = [];
    this.check(this.root, value, [], faults);
    return faults;
  }

  private resolve(schema: Schema): Schema {
    const name = schema.$ref?.split("/").at(-1);
    const target = name === undefined ? undefined : this.root.$defs?.[name];
    return target === undefined ? schema : this.resolve(target);
  }

  private choose(schema: Schema, value: unknown): Schema {
    const resolved = this.resolve(schema);
    if (resolved.anyOf === undefined) {
      return resolved;
    }

    const choices = resolved.anyOf.map((choice) => this.choose(choice, value));
    const fitting = choices.find((choice) => isObject(value) && (choice.required ?? []).some((name) => value[name] != null));
    return fitting ?? choices[0] ?? resolved;
  }

  private check(given: Schema, value: unknown, path: Path, faults: Fault[]): void {
    const schema = this.choose(given, value);
    const { texts } = this;
    const say = (message: string, ...values: readonly (string | number | undefined)[]) => faults.push({ path, message: fill(message, ...values) });
    if (schema.type !== undefined && !types(schema).some((type) => isOf(value, type))) {
      say(texts.type, types(schema).map((type) => texts.types[type] ?? type).join(texts.or));
      return;
    }

    if (schema.enum !== undefined && !schema.enum.includes(value)) {
      say(texts.oneOf, schema.enum.map(String).join(", "));
    }

    if (typeof value === "number") {
      const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
      if (value < minimum || value > maximum || value <= exclusiveMinimum) {
        say(...(exclusiveMinimum > -Infinity ? ([texts.above, exclusiveMinimum, maximum] as const) : ([texts.range, minimum, maximum] as const)));
      }
    } else if (typeof value === "string") {
      if (value.length > (schema.maxLength ?? Infinity)) {
        say(texts.tooLong, schema.maxLength, value.length);
      } else if (value.length < (schema.minLength ?? 0) || (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value))) {
        say(texts.empty);
      }
    } else if (Array.isArray(value)) {
      if (value.length > (schema.maxItems ?? Infinity) || value.length < (schema.minItems ?? 0)) {
        say(texts.entries, schema.minItems ?? 0, schema.maxItems, value.length);
      }

      const { items } = schema;
      if (items !== undefined) {
        value.forEach((item, at) => this.check(items, item, [...path, at], faults));
      }
    } else if (isObject(value)) {
      for (const name of schema.required ?? []) {
        if (value[name] == null) {
          say(texts.missing, name);
        }
      }

      for (const [name, inner] of Object.entries(schema.properties ?? {})) {
        if (value[name] !== undefined) {
          this.check(inner, value[name], [...path, name], faults);
        }
      }
    }
  }
}

export function types(schema: Schema): readonly string[] {
  return typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
