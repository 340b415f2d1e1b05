import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { it } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const cwd = fileURLToPath(new URL("..", import.meta.url));

it("packs what it promises, and nothing that it needs beside", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd });
  const [{ files }] = JSON.parse(stdout);
  const names = files.map((file) => file.path);
  for (const name of ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts"]) assert.ok(names.includes(name), `${name} of ${names}`);
  assert.ok(names.every((name) => !/src|test|scripts/.test(name)), String(names));
});

it("adds less than 12 KB to a bundle", async () => {
  const { stdout } = await run(process.execPath, ["scripts/size.mjs"], { cwd });
  assert.ok(Number(stdout) > 0 && Number(stdout) < 12 * 1024, stdout);
});

it("loads in a Node without sockets", async () => {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", 'import { MusicRender } from "musicrender-client"; console.log(typeof new MusicRender().render);'], { cwd });
  assert.equal(stdout.trim(), "function");
});
