// Writes src/contract.ts from the contracts in docs/api; with --check it only says whether the file is what they say.
import { readFile, writeFile } from "node:fs/promises";

const docs = new URL("../../../docs/api/", import.meta.url);
const target = new URL("../src/contract.ts", import.meta.url);
const openApi = JSON.parse(await readFile(new URL("openapi.json", docs), "utf8"));
const asyncApi = JSON.parse(await readFile(new URL("asyncapi.json", docs), "utf8"));
const schemas = { ...openApi.components.schemas, ...asyncApi.components.schemas };

const nameOf = (schema) => schema.$ref.split("/").at(-1);
const comment = (text, indent) => (text ? `${indent}/** ${text.replaceAll("*/", "* /").replaceAll(/\s+/g, " ").trim()} */\n` : "");

function limits(schema) {
  const parts = [];
  const length = schema.type === "array" || schema.type?.includes?.("array") ? "items" : "characters";
  const [least, most] = [schema.minLength ?? schema.minItems ?? schema.minimum, schema.maxLength ?? schema.maxItems ?? schema.maximum];
  if (most !== undefined) parts.push(`${least ?? (schema.exclusiveMinimum !== undefined ? `Above ${schema.exclusiveMinimum}` : 0)} to ${most}${schema.maximum === undefined ? ` ${length}` : ""}.`);
  else if (least !== undefined) parts.push(`At least ${least}.`);
  return parts.join(" ");
}

function single(type, schema, indent) {
  switch (type) {
    case "string": return "string";
    case "integer": case "number": return "number";
    case "boolean": return "boolean";
    case "null": return "null";
    case "array": { const item = typeOf(schema.items ?? {}, indent); return item.includes(" | ") ? `Array<${item}>` : `${item}[]`; }
    case "object":
      if (schema.properties) return fields(schema, indent);
      return `Record<string, ${typeof schema.additionalProperties === "object" ? typeOf(schema.additionalProperties, indent) : "unknown"}>`;
    default: throw new Error(`No type for ${type}`);
  }
}

function typeOf(schema, indent = "") {
  if (schema.$ref) return nameOf(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => typeOf(choice, indent)).join(" | ");
  if (schema.type === undefined) return "unknown";
  return [schema.type].flat().map((type) => single(type, schema, indent)).join(" | ");
}

function fields(schema, indent) {
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(([name, value]) =>
    `${comment([value.description, limits(value)].filter(Boolean).join(" "), `${indent}  `)}${indent}  ${name}${required.has(name) ? "" : "?"}: ${typeOf(value, `${indent}  `)};\n`);
  return `{\n${lines.join("")}${indent}}`;
}

const types = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, schema]) =>
  `${comment(schema.description, "")}export ${schema.properties ? `interface ${name} ${fields(schema, "")}` : `type ${name} = ${typeOf(schema)};`}\n`);

const calls = [];
for (const [path, methods] of Object.entries(openApi.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith("2")).map(([, response]) => response.content);
    const json = answers.map((content) => content?.["application/json"]?.schema).filter(Boolean);
    if (method === "head" || answers.some((content) => content && !content["application/json"])) continue;
    calls.push({
      name: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      body: operation.requestBody ? typeOf(operation.requestBody.content["application/json"].schema) : "undefined",
      query: (operation.parameters ?? []).filter((parameter) => parameter.in === "query").map((parameter) => `${parameter.name}?: ${typeOf(parameter.schema)}`),
      answer: json.length > 0 ? [...new Set(json.map((schema) => typeOf(schema)))].join(" | ") : "undefined",
    });
  }
}

const text = `// Made from docs/api by scripts/generate.mjs. Do not edit: npm run generate.

/** Version of the contracts that this client was made from. */
export const contractVersion = ${JSON.stringify(openApi.info.version)};

${types.join("\n")}
/** The calls of the REST API that answer with JSON. */
export interface Calls {
${calls.map((call) => `${comment(`${call.summary}: \`${call.method} ${call.path}\`.`, "  ")}  ${call.name}: { body: ${call.body}; query: { ${call.query.join("; ")} }; answer: ${call.answer} };\n`).join("")}}

/** Method and path of each call. */
export const calls: { readonly [Name in keyof Calls]: string } = {
${calls.map((call) => `  ${call.name}: ${JSON.stringify(`${call.method} ${call.path}`)},\n`).join("")}};
`;

if (process.argv.includes("--check")) {
  if ((await readFile(target, "utf8")) !== text) {
    console.error("src/contract.ts is not what docs/api says: npm run generate");
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
