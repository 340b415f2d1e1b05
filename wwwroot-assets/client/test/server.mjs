// The real program as its own process, and a way to it that can be cut.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createDoor } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const app = process.env.MUSICRENDER_APP ?? fileURLToPath(new URL("../../../artifacts/publish/app", import.meta.url));

/** Starts the program with a library of its own; resolves when it answers. */
export async function startServer({ library, port = 0, settings = {} } = {}) {
  const root = library ?? (await mkdtemp(join(tmpdir(), "musicrender-client-")));
  const env = { ...process.env, ASPNETCORE_CONTENTROOT: app, ASPNETCORE_ENVIRONMENT: "Production", MusicRender__Library__Root: root, ...settings };
  delete env.ELEVENLABS_API_KEY;
  const child = spawn("dotnet", [join(app, "MusicRender.Web.dll"), "--urls", `http://127.0.0.1:${port}`], { env });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  const address = await new Promise((resolve, reject) => {
    const hear = (text) => {
      output += text;
      const found = /MusicRender is at (\S+)/.exec(output);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`The program did not start.\n${output}`)));
  });
  return {
    address,
    library: root,
    /** Ends it as a power cut would. */
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    /** Ends it as a stop of the service would. */
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
    async dispose() {
      await this.kill();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A port that passes everything on to a server until it is told otherwise. */
export async function startProxy(target) {
  const { hostname, port } = new URL(target);
  const pairs = new Set();
  const muted = new WeakSet();
  const proxy = {
    address: "",
    connections: 0,
    /** Called with what a client sends, beside its connection; true keeps it back. */
    onClientData: () => false,
    /** Cuts every connection, as a network does. */
    cut() {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** Lets nothing of the server through on the connections that there are, as a network does that has forgotten them. */
    mute() {
      for (const pair of pairs) muted.add(pair);
    },
    async dispose() {
      this.cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  const listener = createServer((near) => {
    proxy.connections++;
    const far = connect(Number(port), hostname);
    const pair = [near, far];
    pairs.add(pair);
    near.on("data", (data) => proxy.onClientData(data, pair) || far.write(data));
    far.on("data", (data) => muted.has(pair) || near.write(data));
    for (const socket of pair) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        near.destroy();
        far.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  proxy.address = `http://127.0.0.1:${listener.address().port}`;
  return proxy;
}

/** A socket of a server that restarts: it closes with 1012 behind the first event of a render, and before that at once if it is to; who resumes hears how it ended. */
export async function startRestartingDoor({ isClosedFirst = false } = {}) {
  const renderId = "0123456789abcdef0123456789abcdef";
  const opened = [];
  const sockets = [];
  const listener = createDoor().on("upgrade", (request, socket) => {
    sockets.push(socket);
    const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    const say = (message) => {
      const text = Buffer.from(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
      socket.write(Buffer.concat([Buffer.from([0x81, 126, text.length >> 8, text.length & 255]), text]));
    };
    const restart = () => socket.end(Buffer.from([0x88, 2, 1012 >> 8, 1012 & 255]));
    socket.on("error", () => undefined);
    const visit = opened.push("nothing") - 1;
    if (isClosedFirst && visit === 0) return restart();
    say({ type: "progress", stage: "connected", progress_percent: 0, message: "Connected." });
    socket.on("data", (frame) => {
      if ((frame[0] & 15) !== 1) return;
      const at = (frame[1] & 127) === 126 ? 4 : 2;
      const mask = frame.subarray(at, at + 4);
      opened[visit] = JSON.parse(Buffer.from(frame.subarray(at + 4).map((byte, i) => byte ^ mask[i % 4])).toString());
      if (opened[visit].type === "render") {
        say({ type: "progress", stage: "validating", progress_percent: 5, message: "Validating", render_id: renderId, sequence: 3 });
        restart();
      } else {
        say({ type: "error", error_code: "SERVER_ERROR", message: "It was only a test.", render_id: renderId, sequence: 4 });
      }
    });
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${listener.address().port}`,
    renderId,
    /** What was sent over each socket: a message, or "nothing". */
    opened,
    close() {
      // Sockets count among no connections of the listener any more.
      sockets.forEach((socket) => socket.destroy());
      listener.closeAllConnections();
      listener.close();
    },
  };
}

/** A plan of sections of equal length. */
export function planOf(title, durationMs, ...sections) {
  return {
    title,
    positive_global_styles: ["lo-fi", "90 bpm", "C major"],
    negative_global_styles: [],
    sections: sections.map((section_name) => ({ section_name, positive_local_styles: [], negative_local_styles: [], duration_ms: durationMs, lines: [] })),
  };
}

/** Long enough to do something while it is rendered: two minutes and a half. */
export const longPlan = (title) => planOf(title, 36_000, "Intro", "Verse", "Chorus", "Outro");
