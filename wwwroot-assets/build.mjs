// Builds the browser's part into MusicRender.Web/wwwroot/assets, with file names that stay.
import { build } from "esbuild";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";

const out = new URL("../MusicRender.Web/wwwroot/assets/", import.meta.url).pathname;
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await build({
  entryPoints: {
    studio: "src/studio.ts",
    player: "src/player.ts",
    mini: "src/mini.ts",
    live: "src/live.ts",
    stems: "src/stems.ts",
    timeline: "src/timeline.ts",
    unsent: "src/unsent.ts",
    "plan-files": "src/plan-files.ts",
    "json-editor": "src/json/editor.ts",
    theme: "src/theme.ts",
    "sign-in": "src/sign-in.ts",
  },
  outdir: out,
  bundle: true,
  // What several modules share is there once: one deck for all players.
  splitting: true,
  chunkNames: "parts/[name]-[hash]",
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: false,
});

await build({
  entryPoints: { studio: "css/studio.css", "sign-in": "css/sign-in.css" },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome120", "firefox121", "safari17"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
});

await copyFile("favicon.svg", `${out}favicon.svg`);
await writeFile(`${out}.built`, "");
