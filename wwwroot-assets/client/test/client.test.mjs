import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { contractVersion, MusicRender, MusicRenderError } from "musicrender-client";
import { messages } from "./contract.mjs";
import { longPlan, planOf, startProxy, startRestartingDoor, startServer } from "./server.mjs";

async function until(condition) {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) {
    if (await condition()) return;
  }
  assert.fail("That did not come.");
}

const stages = ["connected", "validating", "validated", "generating", "processing", "saving", "extracting", "complete"];

describe("client", { timeout: 120_000 }, () => {
  let server;
  let studio;
  before(async () => {
    server = await startServer();
    studio = new MusicRender(server.address);
  });
  const rendersOf = async (title) => (await (await fetch(`${server.address}/renders?page_size=100`)).json()).renders.filter((status) => status.title === title);
  after(async () => {
    await server?.dispose();
    messages.expectToKeepToTheContract();
  });

  /** The whole log of a render, from its event stream. */
  async function logOf(id) {
    const response = await fetch(`${server.address}/renders/${id}/events`);
    return (await response.text()).split("\n").filter((line) => line.startsWith("data: ")).map((line) => JSON.parse(line.slice(6)));
  }

  /** What is thrown, which must be one of ours. */
  async function failureOf(promise) {
    const error = await promise.then(() => assert.fail("It did not fail."), (reason) => reason);
    assert.ok(error instanceof MusicRenderError, String(error?.stack));
    return error;
  }

  it("was made from the contract that the server has", async () => {
    const served = await (await fetch(`${server.address}/openapi/v1.json`)).text();
    assert.equal(`${served}\n`, await readFile(new URL("../../../docs/api/openapi.json", import.meta.url), "utf8"));
    assert.equal(JSON.parse(served).info.version, contractVersion);
  });

  it("goes from choices to a song", async () => {
    const { prompt } = await studio.prompt({ project_blueprint: "ad_brand_fast_hook", sound_profile: "bright_pop_electro", delivery_and_control: "balanced_studio", user_narrative: "Pebble folds in ten seconds." });
    const plan = await studio.plan({ prompt, music_length_ms: 12_000 });
    const heard = [];
    const track = await studio.render(plan, { seed: 7, onProgress: (progress) => heard.push(progress) });

    assert.deepEqual([...new Set(heard.map((progress) => progress.stage))].filter((stage) => stage !== "queued"), stages);
    assert.deepEqual(heard.slice(1).map((progress) => progress.sequence), heard.slice(1).map((_, at) => at + 1));
    assert.deepEqual([track.duration_ms, track.seed, track.generator], [12_000, 7, "sketch"]);
    const file = await (await fetch(studio.streamUrl(track))).arrayBuffer();
    assert.equal(file.byteLength, track.file_size_bytes);
    assert.equal(studio.streamUrl(track), studio.streamUrl(track.filename));
    const download = await fetch(studio.downloadUrl(track), { method: "HEAD" });
    assert.match(download.headers.get("content-disposition"), /^attachment/);
    assert.equal((await fetch(studio.liveUrl(track.id), { method: "HEAD" })).status, 200);
  });

  it("keeps house in the library", async () => {
    const made = await studio.render({ prompt: "three seconds of rain", music_length_ms: 3_000, title: "Rain on tin", force_instrumental: true });
    const page = await studio.tracks({ query: "tin", page_size: 5 });
    assert.deepEqual(page.tracks.map((track) => track.id), [made.id]);
    assert.deepEqual((await studio.editTrack(made.id, { tags: ["wet"] })).tags, ["wet"]);
    assert.equal((await studio.track(made.filename)).title, "Rain on tin");
    assert.ok((await studio.peaks(made.id)).peaks.length > 0);
    assert.equal((await studio.status(made.id)).state, "succeeded");
    await studio.deleteTrack(made.id);
    const gone = await failureOf(studio.track(made.id));
    assert.deepEqual([gone.code, gone.status], ["NOT_FOUND", 404]);
  });

  it("hears every event once, however often the connection is cut", async () => {
    const proxy = await startProxy(server.address);
    const heard = [];
    const states = [];
    let next = 16;
    const track = await new MusicRender(proxy.address).render(longPlan("Cut and cut again"), {
      onConnection: (state) => states.push(state),
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.stage === "generating" && progress.progress_percent >= next) {
          next = progress.progress_percent + 12;
          proxy.cut();
        }
      },
    });
    const log = await logOf(track.id);
    assert.deepEqual(heard.slice(1), log.filter((message) => message.type === "progress"));
    assert.equal(heard.filter((progress) => progress.stage === "connected").length, 1);
    assert.ok(proxy.connections >= 3, `${proxy.connections} connections`);
    assert.deepEqual(states.filter((state, at) => state !== states[at - 1]), states);
    assert.equal(states.at(-1), "connected");
    assert.equal((await studio.tracks({ query: "Cut and cut again" })).total, 1);
    await proxy.dispose();
  });

  it("notices a connection that says nothing any more", async () => {
    const proxy = await startProxy(server.address);
    const heard = [];
    const track = await new MusicRender(proxy.address, { silence: 300 }).render(planOf("Gone quiet", 60_000, "Verse", "Chorus"), {
      onProgress: (progress) => {
        heard.push(progress);
        if (heard.length === 5) proxy.mute();
      },
    });
    const log = await logOf(track.id);
    assert.deepEqual(heard.slice(1), log.filter((message) => message.type === "progress"));
    await proxy.dispose();
  });

  it("renders once, whether its plan or the server's answer was lost", async () => {
    for (const title of ["Lost plan", "Lost answer"]) {
      const proxy = await startProxy(server.address);
      let losses = 0;
      proxy.onClientData = (data, pair) => {
        if (losses === 2 || data.toString("latin1").startsWith("GET ")) return false;
        losses++;
        proxy.mute();
        setTimeout(() => proxy.cut(), title === "Lost plan" ? 0 : 300);
        return title === "Lost plan";
      };
      const heard = [];
      const track = await new MusicRender(proxy.address).render(planOf(title, 3_000, "Verse"), { onProgress: (progress) => heard.push(progress) });
      assert.equal(losses, 2);
      assert.equal((await studio.tracks({ query: title })).total, 1);
      assert.deepEqual(heard.slice(1), (await logOf(track.id)).filter((message) => message.type === "progress"));
      await proxy.dispose();
    }
  });

  it("gives the same render for the same key, by socket and by post, and no other for it", async () => {
    const plan = planOf("Asked twice", 3_000, "Verse");
    const first = await studio.render(plan, { idempotencyKey: "mine" });
    assert.equal((await studio.render(plan, { idempotencyKey: "mine" })).id, first.id);
    assert.equal((await new MusicRender(server.address, { WebSocket: null }).render(plan, { idempotencyKey: "mine" })).id, first.id);
    const other = await failureOf(studio.render(planOf("Another", 3_000, "Verse"), { idempotencyKey: "mine" }));
    assert.deepEqual([other.code, other.reason], ["INVALID_REQUEST", "idempotency_key_reused"]);
  });

  it("falls back to POST /render without sockets, and where they are refused", async () => {
    const without = await new MusicRender(server.address, { WebSocket: null }).render(planOf("By post", 3_000, "Verse"), { seed: 3 });
    assert.deepEqual([without.seed, without.duration_ms], [3, 3_000]);
    const proxy = await startProxy(server.address);
    proxy.onClientData = (data, pair) => {
      const isSocket = /upgrade: websocket/i.test(data.toString("latin1"));
      if (isSocket) pair.forEach((socket) => socket.destroy());
      return isSocket;
    };
    const refused = await new MusicRender(proxy.address).render(await studio.plan({ prompt: "a calm piano", music_length_ms: 6_000 }));
    assert.equal(refused.duration_ms, 6_000);
    await proxy.dispose();
    const failure = await failureOf(new MusicRender(server.address, { WebSocket: null }).render(planOf("Too short", 100, "Verse")));
    assert.deepEqual([failure.code, failure.status, failure.errors[0].path], ["VALIDATION_ERROR", 422, "sections[0].duration_ms"]);
  });

  it("fails with the server's codes", async () => {
    const bad = await failureOf(studio.render(planOf("Too short", 100, "Verse")));
    assert.deepEqual([bad.code, bad.errors.map((error) => error.path)], ["VALIDATION_ERROR", ["sections[0].duration_ms"]]);
    assert.match(bad.message, /3000 to 120000/);
    assert.equal((await failureOf(studio.render(["no plan"]))).code, "INVALID_REQUEST");
    const noKey = await failureOf(studio.render(planOf("Paid", 3_000, "Verse"), { generator: "elevenlabs" }));
    assert.deepEqual([noKey.code, noKey.errors[0].path], ["VALIDATION_ERROR", "generator"]);
    assert.equal((await failureOf(studio.follow("0".repeat(32)))).code, "INVALID_REQUEST");
    assert.equal((await failureOf(new MusicRender("http://127.0.0.1:9").plan("anything"))).code, "UNREACHABLE");
  });

  it("cancels with its signal", async () => {
    const stop = new AbortController();
    let id;
    const render = studio.render(longPlan("Stopped"), {
      signal: stop.signal,
      onProgress: (progress) => {
        id = progress.render_id ?? id;
        if (progress.stage === "generating") stop.abort(new Error("Enough"));
      },
    });
    await assert.rejects(render, /Enough/);
    const end = await failureOf(studio.follow(id));
    assert.deepEqual([end.code, end.reason, end.renderId], ["SERVER_ERROR", "cancelled", id]);
    assert.equal((await studio.status(id)).state, "cancelled");
    await assert.rejects(studio.render(longPlan("Never begun"), { signal: AbortSignal.abort(new Error("Not at all")) }), /Not at all/);
  });

  it("cancels a render whose id it has not heard when it is told to stop", async () => {
    const proxy = await startProxy(server.address);
    let isSent = false;
    proxy.onClientData = (data) => {
      if (isSent || data.toString("latin1").startsWith("GET ")) return false;
      // The server hears the plan, and its answer is lost.
      isSent = true;
      proxy.mute();
      setTimeout(() => proxy.cut(), 300);
      return false;
    };
    const stop = new AbortController();
    const render = new MusicRender(proxy.address).render(longPlan("Unheard"), {
      signal: stop.signal,
      onConnection: (state) => state === "reconnecting" && stop.abort(new Error("Enough")),
    });
    await assert.rejects(render, /Enough/);
    await until(async () => ["cancelled", "succeeded", "failed"].includes((await rendersOf("Unheard"))[0]?.state));
    assert.deepEqual((await rendersOf("Unheard")).map((status) => status.state), ["cancelled"]);
    await proxy.dispose();
  });

  it("begins nothing with a cancel of what the server never heard", async () => {
    const proxy = await startProxy(server.address);
    let isSent = false;
    proxy.onClientData = (data) => {
      if (isSent || data.toString("latin1").startsWith("GET ")) return false;
      isSent = true;
      setTimeout(() => proxy.cut(), 100);
      return true;
    };
    const stop = new AbortController();
    const asked = [];
    const render = new MusicRender(proxy.address, {
      fetch: async (url, request) => {
        const response = await fetch(url, request);
        asked.push(`${new URL(url).pathname} ${response.status}`);
        return response;
      },
    }).render(longPlan("Never heard"), {
      signal: stop.signal,
      onConnection: (state) => state === "reconnecting" && stop.abort(new Error("Enough")),
    });
    await assert.rejects(render, /Enough/);
    await until(() => asked.length === 2);
    assert.deepEqual(asked, ["/renders/cancel 404", "/renders/cancel 404"]);
    assert.deepEqual(await rendersOf("Never heard"), []);
    await proxy.dispose();
  });

  it("cancels with its signal without sockets", async () => {
    const stop = new AbortController();
    const render = new MusicRender(server.address, { WebSocket: null }).render(longPlan("Stopped in one request"), { signal: stop.signal });
    const isIn = (state) => async () => (await rendersOf("Stopped in one request"))[0]?.state === state;
    await until(isIn("running"));
    stop.abort(new Error("Enough"));
    await assert.rejects(render, /Enough/);
    await until(isIn("cancelled"));
  });

  it("follows a render that somebody else started, without sockets too", async () => {
    const { id } = await (await fetch(`${server.address}/renders`, { method: "POST", body: JSON.stringify(planOf("Started elsewhere", 6_000, "Verse")) })).json();
    const heard = [];
    const track = await studio.follow(id, { after: 1, onProgress: (progress) => heard.push(progress.sequence) });
    assert.deepEqual([track.id, heard[0]], [id, 2]);
    assert.equal((await new MusicRender(server.address, { WebSocket: null }).follow(id)).filename, track.filename);
  });

  it("goes on by REST alone where sockets are refused in the middle", async () => {
    const proxy = await startProxy(server.address);
    let areRefused = false;
    proxy.onClientData = (data, pair) => {
      const isRefused = areRefused && /upgrade: websocket/i.test(data.toString("latin1"));
      if (isRefused) pair.forEach((socket) => socket.destroy());
      return isRefused;
    };
    const elsewhere = new MusicRender(proxy.address);
    const track = await elsewhere.render(longPlan("Refused half way"), {
      onProgress: (progress) => {
        if (areRefused || progress.stage !== "generating") return;
        areRefused = true;
        proxy.cut();
      },
    });
    assert.equal(track.duration_ms, 144_000);
    assert.equal((await elsewhere.follow(track.id)).filename, track.filename);
    const unknown = await failureOf(elsewhere.follow("0".repeat(32)));
    assert.deepEqual([unknown.code, unknown.renderId], ["NOT_FOUND", "0".repeat(32)]);
    await proxy.dispose();
  });

  it("outlasts hiccups of REST where sockets are refused, and an abort where nothing answers", async () => {
    const proxy = await startProxy(server.address);
    let areRefused = false;
    let hiccups = 0;
    let isBlackHole = false;
    proxy.onClientData = (data, pair) => {
      const text = data.toString("latin1");
      if (isBlackHole && !/upgrade: websocket/i.test(text)) return true;
      const isHiccup = areRefused && hiccups < 2 && /^GET \/renders\/\w+ /.test(text) && ++hiccups > 0;
      const isRefused = isHiccup || (areRefused && /upgrade: websocket/i.test(text));
      if (isRefused) pair.forEach((socket) => socket.destroy());
      return isRefused;
    };
    const elsewhere = new MusicRender(proxy.address);
    const cutWhileGenerating = (after) => (progress) => {
      if (areRefused || progress.stage !== "generating") return;
      areRefused = true;
      after?.();
      proxy.cut();
    };
    const track = await elsewhere.render(longPlan("Hiccups"), { onProgress: cutWhileGenerating() });
    assert.deepEqual([track.duration_ms, hiccups], [144_000, 2]);

    areRefused = false;
    const stop = new AbortController();
    const render = elsewhere.render(longPlan("Swallowed"), {
      signal: stop.signal,
      onProgress: cutWhileGenerating(() => {
        isBlackHole = true;
        setTimeout(() => stop.abort(new Error("Enough")), 1_500);
      }),
    });
    await assert.rejects(render, /Enough/);
    await proxy.dispose();
  });

  it("rejects with what a callback throws, and the render goes on", async () => {
    let id;
    const render = studio.render(planOf("Thrown away", 3_000, "Verse"), {
      onProgress: (progress) => {
        id = progress.render_id;
        if (progress.stage === "validated") throw new RangeError("A slip of mine");
      },
    });
    await assert.rejects(render, { name: "RangeError", message: "A slip of mine" });
    assert.equal((await studio.follow(id)).duration_ms, 3_000);
  });

  it("shows its token to REST and to the socket, and to nothing that is logged", async () => {
    const seen = [];
    const door = createServer((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.writeHead(401, { "content-type": "application/problem+json", "retry-after": "7" }).end(JSON.stringify({ detail: "The token is not right." }));
    }).on("upgrade", (request, socket) => {
      seen.push([request.url, request.headers["sec-websocket-protocol"]]);
      socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    });
    await new Promise((resolve) => door.listen(0, "127.0.0.1", resolve));
    const failure = await failureOf(new MusicRender(`http://127.0.0.1:${door.address().port}/music/`, { token: "abc" }).render(planOf("Locked out", 3_000, "Verse")));
    assert.deepEqual(seen, [["/music/render/ws", "musicrender, musicrender.token.abc"], ["/music/render", "Bearer abc"]]);
    assert.deepEqual([failure.code, failure.message, failure.retryAfter], ["FORBIDDEN", "The token is not right.", 7]);
    door.close();
  });

  it("goes on after a server that stops has closed with 1012, before and after its plan was sent", async () => {
    const door = await startRestartingDoor({ isClosedFirst: true });
    const failure = await failureOf(new MusicRender(door.address).render(planOf("Restarted", 3_000, "Verse")));
    assert.equal(failure.message, "It was only a test.");
    assert.deepEqual(door.opened.map((said) => said.type ?? said), ["nothing", "render", "resume"]);
    assert.deepEqual([door.opened[2].render_id, door.opened[2].after], [door.renderId, 3]);
    door.close();
  });

  it("takes up a render again after a power cut, and gets its song", async () => {
    const states = [];
    const render = studio.render(longPlan("Cut off"), {
      onConnection: (state) => states.push(state),
      onProgress: async (progress) => {
        if (progress.stage === "generating" && states.length === 0 && !cutting) {
          cutting = true;
          await server.kill();
          server = await startServer({ library: server.library, port: new URL(server.address).port });
        }
      },
    });
    let cutting = false;
    const track = await render;
    assert.equal(track.duration_ms, 144_000);
    assert.deepEqual([states[0], states.at(-1)], ["reconnecting", "connected"]);
  });
});
