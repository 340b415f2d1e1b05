import assert from "node:assert/strict";
import { it } from "node:test";
import { MusicRender } from "musicrender-client";

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

it("asks after a silent socket, and never again when the answer comes after the end", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let socket;
  class Silent {
    constructor() {
      socket = this;
    }
    send() {}
    close() {}
    hear(message) {
      this.onmessage({ data: JSON.stringify(message) });
    }
  }
  const asked = [];
  const fetch = () => new Promise((answer) => asked.push(answer));
  const render = new MusicRender("http://studio.test", { WebSocket: Silent, fetch }).render({ prompt: "rain" });
  socket.hear({ type: "progress", stage: "connected" });
  socket.hear({ type: "progress", stage: "generating", render_id: "r", sequence: 4 });
  mock.timers.tick(30_000);
  assert.equal(asked.length, 1);
  socket.hear({ type: "result", data: { id: "r" } });
  assert.deepEqual(await render, { id: "r" });
  asked[0](Response.json({ sequence: 4 }));
  await settle();
  mock.timers.tick(3_600_000);
  await settle();
  assert.equal(asked.length, 1);
});
