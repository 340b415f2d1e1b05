// Holds every message of every socket of a test against the AsyncAPI document.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";

const document = JSON.parse(await readFile(new URL("../../../docs/api/asyncapi.json", import.meta.url), "utf8"));
const schemas = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "asyncapi");
const checks = Object.fromEntries(
  Object.entries({ progress: "ProgressMessage", result: "ResultMessage", error: "ErrorMessage" }).map(([type, name]) => [type, schemas.compile({ $ref: `asyncapi#/components/schemas/${name}` })]),
);

export const messages = {
  heard: 0,
  wrong: [],
  expectToKeepToTheContract() {
    assert.deepEqual(this.wrong, []);
    assert.ok(this.heard > 0, "No message was heard.");
  },
};

globalThis.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => {
      messages.heard++;
      const message = JSON.parse(data);
      const check = checks[message.type];
      if (!check?.(message)) messages.wrong.push({ message, errors: check?.errors });
    });
  }
};
