// How classic scripts that are split meet on a page. The page is a simulation: document and script
// elements as far as the run-time module uses them, and a server that a test fills.

import { load } from "./load.mjs";

const ADDRESS = "https://page.example/scripts/";

/**
 * A page with the registry of a project. `files`: what the server has, by address, as functions of
 * the page.
 */
function page({
  files = {},
  path = "",
  file = "app.js",
  said,
  src = `${ADDRESS}app.js?v=3`,
  nonce,
} = {}) {
  const tags = [];
  const element = () => ({
    tagName: "SCRIPT",
    attributes: {},
    setAttribute(name, value) { this.attributes[name] = value; },
    getAttribute(name) { return this.attributes[name] ?? null; },
  });
  const current = Object.assign(element(), { src, nonce });
  const head = {
    appendChild(tag) {
      tags.push(tag);
      setImmediate(() => {
        const run = files[tag.src];
        if (!run) return tag.onerror();
        run();
        tag.onload();
      });
    },
    removeChild(tag) { tags.splice(tags.indexOf(tag), 1); },
  };
  const { install, loads, run } = load("chunks");
  const global = run("globalThis");
  global.document = {
    currentScript: current,
    head,
    createElement: element,
    getElementsByTagName: () => [current],
  };
  global.setTimeout = setTimeout;
  const window = { BUNDLE_PUBLIC_PATH: said };
  const logs = [];
  const push = (name, needs = [], isEntry, { version = "1", factory } = {}) => {
    const made =
      factory ??
      ((load, ...given) => {
        logs.push([name, ...given].join(" "));
        return `from ${name}`;
      });
    const record = [
      name,
      version,
      needs.map((need) => [].concat(need, "1").slice(0, 2)),
      made,
      isEntry,
    ];
    (window["bundle:shop"] = window["bundle:shop"] || []).push(record);
  };
  let asking;
  const asked = (...files) => {
    if (!asking) push("app.js", [], 1, { factory: (load) => { asking = load; } });
    return asking(files, "1");
  };
  const installed = (with_loads = loads) => install(window, "shop", file, path, with_loads);
  return { window, logs, tags, push, global, install: installed, load: asked };
}

export default {
  "an entry runs once all that it needs is there, whatever comes first"(assert) {
    for (const order of [["app", "a", "b"], ["b", "app", "a"], ["a", "b", "app"]]) {
      const { push, install, logs } = page();
      for (const name of order) {
        if (name === "app") {
          install();
          push("app.js", ["a.js", "b.js"], 1);
        } else push(`${name}.js`, name === "a" ? ["b.js"] : []);
      }
      assert.deepEqual(logs, ["b.js", "a.js from b.js", "app.js from a.js from b.js"]);
    }
  },

  async "a script that can load others tells one that came first and cannot"(assert) {
    const { push, install, load, logs } = page({
      files: { [`${ADDRESS}chunks/x.js`]: () => push("chunks/x.js") },
    });
    install(null);
    push("first.js", [], 1);
    install();
    assert.equal(await load("chunks/x.js"), "from chunks/x.js");
    assert.deepEqual(logs, ["first.js", "chunks/x.js"]);
  },

  "a chunk does not run before an entry needs it"(assert) {
    const { push, install, logs } = page();
    install();
    push("a.js");
    assert.deepEqual(logs, []);
  },

  "a second tag for a file, and a second registry, change nothing"(assert) {
    const { push, install, logs } = page();
    install();
    push("app.js", [], 1);
    install();
    push("app.js", [], 1);
    assert.deepEqual(logs, ["app.js"]);
  },

  "what an entry gives gets its global name"(assert) {
    const { push, install, window } = page();
    install();
    push("app.js", [], "Shop.app");
    assert.equal(window.Shop.app, "from app.js");
  },

  "scripts of two builds are told by both names"(assert) {
    const { push, install } = page();
    install();
    push("a.js", [], 0, { version: "2" });
    assert.throws(
      () => push("app.js", ["a.js"], 1),
      /^Error: app\.js was built together with another version of a\.js/,
    );
  },

  "an error is final, and does not stop other entries"(assert) {
    const { push, install, logs } = page();
    let runs = 0;
    install();
    push("one.js", ["bad.js"], 1);
    push("two.js", [], 1);
    const factory = () => { runs += 1; throw new Error("broken"); };
    assert.throws(() => push("bad.js", [], 0, { factory }), /broken/);
    assert.throws(() => push("three.js", ["bad.js"], 1), /broken/);
    assert.deepEqual([runs, logs.join()], [1, "two.js"]);
  },

  async "what waits for a script goes on before the load event of its tag"(assert) {
    const order = [];
    const { push, install, load, tags } = page({
      files: {
        [`${ADDRESS}x.js`]() {
          const [tag] = tags;
          const { onload } = tag;
          tag.onload = () => setImmediate(() => {
            order.push("load event");
            onload();
          });
          push("x.js");
        },
      },
    });
    install();
    await load("x.js").then(() => order.push("import()"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(order, ["import()", "load event"]);
  },

  async "import() loads a file once, beside the script that asks"(assert) {
    const files = {};
    const { push, install, tags, load, logs } = page({ files, nonce: "n1" });
    install();
    files[`${ADDRESS}chunks/x.js`] = () => push("chunks/x.js", ["chunks/y.js"]);
    files[`${ADDRESS}chunks/y.js`] = () => push("chunks/y.js");
    const both = await Promise.all([
      load("chunks/x.js", "chunks/y.js"),
      load("chunks/x.js", "chunks/y.js"),
    ]);
    assert.deepEqual(both, ["from chunks/x.js", "from chunks/x.js"]);
    assert.deepEqual(
      tags.map((tag) => [tag.src, tag.getAttribute("nonce")]),
      [
        [`${ADDRESS}chunks/x.js`, "n1"],
        [`${ADDRESS}chunks/y.js`, "n1"],
      ],
    );
    assert.deepEqual(logs, ["chunks/y.js", "chunks/x.js from chunks/y.js"]);
    await load("chunks/y.js");
    assert.equal(tags.length, 2);
  },

  async "what cannot be had rejects with its address, and may be asked for again"(assert) {
    const files = {};
    const { push, install, tags, load } = page({ files });
    install();
    const why = `chunks/x.js could not be loaded: ${ADDRESS}chunks/x.js cannot be had`;
    await assert.rejects(load("chunks/x.js"), (error) => error.message.includes(why));
    assert.equal(tags.length, 0);
    files[`${ADDRESS}chunks/x.js`] = () => {};
    await assert.rejects(load("chunks/x.js"), /is not the script that it should be/);
    files[`${ADDRESS}chunks/x.js`] = () => push("chunks/x.js");
    assert.equal(await load("chunks/x.js"), "from chunks/x.js");
  },

  async "the address of the folder: configured, said by the page, or the script's own"(assert) {
    const asked = async (options) => {
      const { install, load } = page(options);
      install();
      const error = await load("chunks/x.js").catch((problem) => problem);
      return /loaded: (\S+)/.exec(error.message)[1];
    };
    assert.equal(await asked({ path: "/configured/", said: "/said" }), "/configured/chunks/x.js");
    assert.equal(await asked({ said: "/said" }), "/said/chunks/x.js");
    assert.equal(await asked({ said: { shop: "/said/shop/" } }), "/said/shop/chunks/x.js");
    assert.equal(
      await asked({ file: "vue/app.js", src: "https://a.example/s/vue/app.js#x" }),
      "https://a.example/s/chunks/x.js",
    );
    assert.equal(
      await asked({ file: "vue/app.js", src: "https://a.example/s/vue/app.a1b2.js" }),
      "https://a.example/s/vue/../chunks/x.js",
    );
  },

  "an element that only has the name currentScript is not believed"(assert) {
    const { global, install, load, tags } = page();
    const real = global.document.currentScript;
    global.document.currentScript = {
      tagName: "IMG",
      src: "https://evil.example/app.js",
      getAttribute: () => null,
    };
    real.src = `${ADDRESS}app.js`;
    install();
    load("chunks/x.js").catch(() => {});
    assert.equal(tags[0].src, `${ADDRESS}chunks/x.js`);
  },

  "without Promise, import() says what is missing, and nothing before does"(assert) {
    const { global, install, load } = page();
    const { Promise: kept } = global;
    delete global.Promise;
    install();
    assert.throws(() => load("chunks/x.js"), /import\(\) in app\.js needs Promise/);
    global.Promise = kept;
  },
};
