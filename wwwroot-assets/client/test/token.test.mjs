import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { MusicRender } from "musicrender-client";
import { messages } from "./contract.mjs";
import { longPlan, planOf, startServer } from "./server.mjs";

const token = "the-token_of.these~tests";
const settings = { MusicRender__Access__Token: token };

describe("client of a server that wants its token", { timeout: 120_000 }, () => {
  let server;
  before(async () => {
    server = await startServer({ settings });
  });
  after(async () => {
    await server?.dispose();
    messages.expectToKeepToTheContract();
  });

  it("makes a song, and gives its sound as a blob that needs no token any more", async () => {
    const studio = new MusicRender(server.address, { token });
    const stages = [];
    const track = await studio.render(planOf("Behind the door", 3_000, "Verse"), { onProgress: (progress) => stages.push(progress.stage) });
    assert.equal(stages.at(-1), "complete");
    for (const which of [track, track.filename]) {
      const blob = await studio.audio(which);
      assert.deepEqual([blob.type, blob.size], ["audio/mpeg", track.file_size_bytes]);
    }
    assert.equal((await fetch(studio.streamUrl(track))).status, 401);
    await assert.rejects(studio.audio(track, { signal: AbortSignal.abort(new Error("Enough")) }), /Enough/);
    await assert.rejects(studio.audio("gone.mp3"), { code: "NOT_FOUND" });
  });

  it("says at once that its token is wrong, whatever it is asked for", async () => {
    const stranger = new MusicRender(server.address, { token: "not-the-token-of-this" });
    const wrong = { name: "MusicRenderError", code: "FORBIDDEN", status: 401, reason: "token_wrong" };
    await assert.rejects(stranger.render(planOf("Not yours", 3_000, "Verse")), wrong);
    await assert.rejects(stranger.follow("0".repeat(32)), { ...wrong, renderId: "0".repeat(32) });
    await assert.rejects(stranger.audio("any.mp3"), wrong);
    await assert.rejects(new MusicRender(server.address).tracks(), { code: "FORBIDDEN", reason: "token_needed" });
  });

  it("does not knock for ever when the token becomes another one in the middle", async () => {
    let restart;
    const render = new MusicRender(server.address, { token }).render(longPlan("Locked out"), {
      onProgress: ({ stage }) => {
        if (stage !== "generating" || restart) return;
        restart = server.kill().then(async () => {
          server = await startServer({ library: server.library, port: new URL(server.address).port, settings: { MusicRender__Access__Token: `another-${token}` } });
        });
      },
    });
    await assert.rejects(render, ({ code, reason, renderId }) => code === "FORBIDDEN" && reason === "token_wrong" && renderId.length === 32);
    await restart;
  });
});
