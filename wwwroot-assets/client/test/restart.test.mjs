// What operators do to a server while clients wait: stop it, start it again, back it up.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { MusicRender } from "musicrender-client";
import { app, longPlan, planOf, startRestartingDoor, startServer } from "./server.mjs";

describe("a server that is stopped and backed up", { timeout: 120_000 }, () => {
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), "musicrender-restart-"))));
  after(() => rm(folder, { recursive: true, force: true }));

  /** Resolves when a render has got so far. */
  async function until(studio, id, condition) {
    for (;;) {
      const status = await studio.status(id);
      if (condition(status)) return status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const bytesOf = async (studio, track) => Buffer.from(await (await fetch(studio.streamUrl(track))).arrayBuffer());

  it("says on /ready that it drains, and its renders go on after the restart", async () => {
    const library = join(folder, "drained");
    let server = await startServer({ library, settings: { MusicRender__Shutdown__Drain: "00:00:03" } });
    const port = new URL(server.address).port;
    const studio = new MusicRender(server.address);
    const heard = [];
    const states = [];
    let isStopping;
    const track = await studio.render(longPlan("Drained"), {
      onConnection: (state) => states.push(state),
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.stage === "generating" && !isStopping) {
          isStopping = (async () => {
            const stopped = server.stop();
            let ready = {};
            do ready = await (await fetch(`${server.address}/ready`)).json();
            while (ready.checks.server !== "draining");
            const refused = await fetch(`${server.address}/renders`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(planOf("Late", 3_000, "Verse")) });
            await stopped;
            server = await startServer({ library, port });
            return refused;
          })();
        }
      },
    });
    const refused = await isStopping;
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal((await refused.json()).details.reason, "draining");
    assert.ok(states.includes("reconnecting"));
    assert.deepEqual(heard.slice(1).map((progress) => progress.sequence), heard.slice(1).map((_, at) => at + 1));
    assert.equal((await bytesOf(studio, track)).length, track.file_size_bytes);
    await server.kill();
  });

  it("says which render a waiting request was for, and the client goes on with that", async () => {
    const library = join(folder, "posted");
    let server = await startServer({ library });
    const port = new URL(server.address).port;
    const render = new MusicRender(server.address, { WebSocket: null }).render(longPlan("Posted")).catch((reason) => reason);
    let running;
    do running = await (await fetch(`${server.address}/renders?state=running`)).json();
    while (running.total === 0);
    await server.stop();
    server = await startServer({ library, port });
    const track = await render;
    assert.deepEqual([track.id, track.duration_ms], [running.renders[0].id, 144_000]);
    await server.kill();
  });

  it("is waited for by the plain page too, which goes on after 1012", async () => {
    const door = await startRestartingDoor();
    const page = await readFile(new URL("../../../e2e/react-frontend/plain.html", import.meta.url), "utf8");
    const script = page.slice(page.indexOf("<script>") + 8, page.indexOf("</script>")).replace("%VITE_MUSICRENDER_URL%", door.address);
    const element = {};
    const render = new Function("document", `${script}\nreturn renderWithWebSocket;`)({ getElementById: () => element });
    const heard = [];
    const failure = await render(planOf("Plain", 3_000, "Verse"), (progress) => heard.push(progress.stage)).then(() => assert.fail("It did not fail."), (reason) => reason);
    assert.equal(failure.message, "It was only a test.");
    assert.deepEqual(heard, ["connected", "validating", "connected"]);
    assert.deepEqual(door.opened.map((said) => said.type), ["render", "resume"]);
    assert.equal(door.opened[1].after, 3);
    door.close();
  });

  it("is backed up while it renders, and goes on where it is restored", async () => {
    const [library, restored, file] = [join(folder, "old"), join(folder, "new"), join(folder, "library.tar")];
    const run = (...options) =>
      new Promise((resolve) => {
        const child = spawn("dotnet", [join(app, "MusicRender.Web.dll"), ...options], { env: { ...process.env, ASPNETCORE_CONTENTROOT: app } });
        let said = "";
        child.stdout.on("data", (text) => (said += text));
        child.stderr.on("data", (text) => (said += text));
        child.once("exit", (code) => resolve({ code, said }));
      });
    const server = await startServer({ library });
    const studio = new MusicRender(server.address);
    const song = await studio.render(planOf("Kept", 4_000, "Verse"));
    const bytes = await bytesOf(studio, song);
    const { id } = await (await fetch(`${server.address}/renders`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(longPlan("Under way")) })).json();
    await until(studio, id, (status) => status.sequence > 3);
    const backup = await run("--backup", file, `--MusicRender:Library:Root=${library}`);
    assert.deepEqual([backup.code, /^Backed up 1 tracks/m.test(backup.said)], [0, true], backup.said);
    await server.kill();

    const back = await run("--restore", file, `--MusicRender:Library:Root=${restored}`);
    assert.equal(back.code, 0, back.said);
    const again = await run("--restore", file, `--MusicRender:Library:Root=${restored}`);
    assert.deepEqual([again.code, /is not empty/.test(again.said)], [1, true], again.said);
    const other = await startServer({ library: restored });
    const there = new MusicRender(other.address);
    assert.deepEqual(await bytesOf(there, song), bytes);
    assert.equal((await there.follow(id)).duration_ms, 144_000);
    await other.kill();
  });
});
