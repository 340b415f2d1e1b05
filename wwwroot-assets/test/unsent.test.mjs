import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { calm, load, Page } from "./page.mjs";

const { create } = await load("unsent");

/** The server: what it has heard and taken; saving is what the test says. */
class Server {
  calls = [];
  refused = new Set();
  isGone = false;
  #asked = [];

  async invokeMethodAsync(method, ...args) {
    if (this.isGone) {
      throw new Error("gone");
    }

    this.calls.push([method, ...args]);
    switch (method) {
      case "WhenSavedAsync":
        return new Promise((resolve, reject) => this.#asked.push({ resolve, reject }));
      case "Take":
        return !this.refused.has(args[0]);
      default:
        return null;
    }
  }

  of(method) {
    return this.calls.filter(([name]) => name === method).map(([, ...args]) => args);
  }

  get isAsked() {
    return this.#asked.length > 0;
  }

  /** Answers the question that waits: null for saved. */
  async answer(news = null) {
    this.#asked.shift().resolve(news);
    await calm();
  }

  async die() {
    this.isGone = true;
    this.#asked.splice(0).forEach(({ reject }) => reject(new Error("gone")));
    await calm();
  }
}

describe("what is typed and not yet saved", () => {
  let page;
  let server;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    page = new Page().show();
    server = new Server();
  });
  afterEach(() => mock.timers.reset());

  async function pass() {
    await calm();
    mock.timers.tick(200);
    await calm();
  }

  function open() {
    return create(null, server, "draft");
  }

  /** The same tab, loaded anew, with a server that was started anew. */
  function reload(...fields) {
    page = new Page(page.kept).show();
    fields.forEach((field) => page.fields.push(field));
    server = new Server();
    return open();
  }

  it("is forgotten when the server has saved it", async () => {
    open();
    page.type(page.field("title"), "Typed");
    assert.equal(page.kept.size, 1);
    await pass();
    assert.deepEqual(server.of("WhenSavedAsync").map(([, number, names]) => [number, names]), [[1, ["title"]]]);
    await server.answer();
    assert.equal(page.kept.size, 0);
    assert.deepEqual(server.of("Take"), []);
  });

  it("is kept when more was typed than was asked about", async () => {
    open();
    const title = page.field("title");
    page.type(title, "One");
    await pass();
    page.type(title, "One two");
    await server.answer();
    assert.match([...page.kept.values()][0], /One two/);
    await pass();
    await server.answer();
    assert.equal(page.kept.size, 0);
  });

  it("goes to the server when the connection is back, numbered, and not to it before", async () => {
    open();
    page.connect(false);
    assert.equal(page.type(page.field("title"), "In the dark"), false);
    await pass();
    assert.deepEqual(server.calls, []);
    page.connect(true);
    await calm();
    const [[key, text, name, number]] = server.of("Take");
    assert.deepEqual([key, text, number], ["title", "In the dark", 1]);
    assert.match(name, /^[a-z0-9]+$/);
    await pass();
    await server.answer();
    assert.equal(page.kept.size, 0);
  });

  it("survives a restart of the server, with the page that it was typed in", async () => {
    open();
    page.type(page.field("title"), "Typed");
    await pass();
    const [[name]] = server.of("WhenSavedAsync");
    await server.die();
    reload();
    await calm();
    assert.deepEqual(server.of("Take"), [["title", "Typed", name, 1]]);
    await pass();
    const [[later]] = server.of("WhenSavedAsync");
    assert.notEqual(later, name);
    await server.answer();
    assert.equal(page.kept.size, 0);
  });

  it("is not forgotten while it is still being sent again", async () => {
    open();
    page.connect(false);
    page.type(page.field("title"), "Title");
    page.type(page.field("story"), "Story");
    reload();
    let go;
    const first = new Promise((resolve) => (go = resolve));
    const invoke = server.invokeMethodAsync.bind(server);
    server.invokeMethodAsync = async (...args) => {
      await first;
      return invoke(...args);
    };
    await calm();
    page.type(page.field("prompt"), "Typed meanwhile");
    await pass();
    assert.equal(server.isAsked, false);
    go();
    await calm();
    assert.deepEqual(server.of("Take").map(([key]) => key), ["title", "story"]);
    await pass();
    await server.answer();
    assert.equal(page.kept.size, 0);
  });

  it("is what undo made of it", async () => {
    open();
    page.type(page.field("title"), "Typed");
    await pass();
    await server.answer({ number: 1, texts: { title: "Before" }, gone: [] });
    await server.die();
    reload();
    await calm();
    assert.deepEqual(server.of("Take").map(([key, text]) => [key, text]), [["title", "Before"]]);
  });

  it("is not what undo made of it when it was typed after that", async () => {
    open();
    const title = page.field("title");
    page.type(title, "Typed");
    await pass();
    page.type(title, "Typed again");
    await server.answer({ number: 1, texts: { title: "Before" }, gone: [] });
    await server.die();
    reload();
    await calm();
    assert.deepEqual(server.of("Take").map(([key, text]) => [key, text]), [["title", "Typed again"]]);
  });

  it("is known to the server before anything is pressed", async () => {
    open();
    const title = page.field("title");
    page.type(title, "Typed");
    page.press(title);
    page.press(title);
    await calm();
    assert.deepEqual(server.of("Hear").map(([, number, names]) => [number, names]), [[1, ["title"]]]);
  });

  it("stays in sight when its section is gone, through reloads, until somebody is done with it", async () => {
    open();
    page.connect(false);
    page.type(page.field("sections[a].lines"), "Lost lines");
    server.refused.add("sections[a].lines");
    page.connect(true);
    await calm();
    assert.deepEqual(server.of("Show"), [["sections[a].lines", "Lost lines"]]);
    reload();
    await calm();
    assert.deepEqual(server.of("Take"), []);
    assert.deepEqual(server.of("Show"), [["sections[a].lines", "Lost lines"]]);
    const part = reload();
    await calm();
    part.drop("sections[a].lines", "Lost lines");
    assert.equal(page.kept.size, 0);
  });

  it("stays in sight when somebody else removes the section under it", async () => {
    open();
    page.type(page.field("sections[a].lines"), "Lost lines");
    await pass();
    await server.answer({ number: 1, texts: {}, gone: ["sections[a].lines"] });
    assert.deepEqual(server.of("Show"), [["sections[a].lines", "Lost lines"]]);
    await pass();
    assert.equal(server.isAsked, false);
  });

  it("goes with the page, but for what has no place", async () => {
    const part = open();
    page.type(page.field("sections[a].lines"), "Lost lines");
    await pass();
    await server.answer({ number: 1, texts: {}, gone: ["sections[a].lines"] });
    page.type(page.field("title"), "Typed");
    part.dispose();
    assert.doesNotMatch([...page.kept.values()][0], /Typed/);
    assert.match([...page.kept.values()][0], /Lost lines/);
  });

  describe("half a style", () => {
    it("is kept as long as it stands in its field, and asks nothing meanwhile", async () => {
      open();
      page.type(page.field("styles", true), "dream p");
      await pass();
      await server.answer();
      await pass();
      assert.equal(server.isAsked, false);
      await server.die();
      reload();
      await calm();
      assert.deepEqual(server.of("Take").map(([key, text]) => [key, text]), [["styles", "dream p"]]);
    });

    it("is forgotten when it is a chip", async () => {
      open();
      const field = page.field("styles", true);
      page.type(field, "dream pop");
      await pass();
      await server.answer();
      field.value = "";
      page.leave(field);
      await pass();
      await server.answer();
      assert.equal(page.kept.size, 0);
      assert.deepEqual(server.of("Take"), []);
    });

    it("is forgotten when it is deleted", async () => {
      open();
      const field = page.field("styles", true);
      page.type(field, "d");
      page.type(field, "");
      assert.equal(page.kept.size, 0);
    });

    it("becomes a chip when its field is gone", async () => {
      const part = open();
      page.type(page.field("styles", true), "dream pop");
      await pass();
      await server.answer();
      page.fields.length = 0;
      part.check();
      await pass();
      await server.answer();
      assert.deepEqual(server.of("Take").map(([key, text]) => [key, text]), [["styles", "dream pop"]]);
      await pass();
      await server.answer();
      assert.equal(page.kept.size, 0);
    });

    it("stays half a style through a lost connection", async () => {
      open();
      const field = page.field("styles", true);
      const arrived = [];
      field.addEventListener("input", () => arrived.push(field.value));
      page.type(field, "dream");
      page.connect(false);
      page.type(field, "dream pop");
      page.connect(true);
      await pass();
      assert.deepEqual(arrived, ["dream pop"]);
      assert.deepEqual(server.of("Take"), []);
    });
  });
});
