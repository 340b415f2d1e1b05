// Prints what the client adds to a bundle, gzipped, in bytes.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";

const { outputFiles } = await build({
  stdin: { contents: 'import { MusicRender, MusicRenderError } from "./src/index.ts"; globalThis.use = [MusicRender, MusicRenderError];', resolveDir: new URL("..", import.meta.url).pathname },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
});
console.log(gzipSync(outputFiles[0].contents, { level: 9 }).length);
