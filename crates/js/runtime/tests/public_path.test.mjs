// `__webpack_public_path__`: one value for all scripts of a build on a page, before which the files
// are found as in addresses.js.

import { load } from "./load.mjs";

const SRC = "https://page.example/scripts/app.js";

/** The functions for scripts on a page. `said`: what the page says. */
function page({ src = SRC, said } = {}) {
  const loaded = load("addresses_by_public_path");
  const global = loaded.run("globalThis");
  const currentScript = { tagName: "SCRIPT", src };
  global.document = { currentScript, getElementsByTagName: () => [] };
  if (said) global.BUNDLE_PUBLIC_PATH = said;
  return loaded;
}

export default {
  "until it is set, files are found without it"(assert) {
    const { addresses, public_path } = page();
    assert.equal(public_path("shop").value, "");
    const files = addresses("shop", "app.js", "");
    assert.equal(files.address("x.png"), "https://page.example/scripts/x.png");
    assert.equal(public_path("shop").value, "https://page.example/scripts/");
    const configured = page({ said: "/said/" });
    configured.addresses("shop", "app.js", "/configured/");
    assert.equal(configured.public_path("shop").value, "/configured/");
    const said = page({ said: { shop: "/said" } });
    assert.equal(said.addresses("shop", "app.js", "").address("x.png"), "/said/x.png");
  },

  "a value is used as it is, by all scripts of the project"(assert) {
    const { addresses, public_path } = page();
    const early = addresses("shop", "app.js", "/configured/");
    const other = addresses("blog", "app.js", "/blog/");
    for (const value of ["/app/", "", "/get?file="]) {
      public_path("shop").value = value;
      assert.equal(public_path("shop").value, value);
      assert.equal(early.address("x.png"), `${value}x.png`);
      assert.equal(addresses("shop", "b.js", "").address("x.png"), `${value}x.png`);
    }
    assert.equal(other.address("x.png"), "/blog/x.png");
    public_path("shop").value = undefined;
    assert.equal(early.address("x.png"), "/configured/x.png");
  },

  "who follows it is called after each change"(assert) {
    const { public_path } = page();
    const seen = [];
    public_path("shop").followers.push(() => seen.push(public_path("shop").value));
    public_path("shop").value = "/a/";
    public_path("shop").value += "b/";
    public_path("blog").value = "/c/";
    assert.deepEqual(seen, ["/a/", "/a/b/"]);
  },

  "scripts that load others ask for them below it"(assert) {
    const { install, loads, public_path, run } = load("chunks_by_public_path");
    const global = run("globalThis");
    const asked = [];
    const head = { appendChild: (script) => asked.push(script.src) };
    global.document = {
      currentScript: { tagName: "SCRIPT", src: SRC, getAttribute: () => null },
      getElementsByTagName: () => [],
      createElement: () => ({}),
      head,
    };
    install(global, "shop", "app.js", "", loads);
    let bring;
    global["bundle:shop"].push(["app.js", "1", [], (load) => (bring = load), 1]);
    assert.equal(public_path("shop").value, "https://page.example/scripts/");
    bring(["a.js"], "1");
    public_path("shop").value = "/app/js/";
    bring(["b.js"], "1");
    assert.deepEqual(asked, ["https://page.example/scripts/a.js", "/app/js/b.js"]);
    assert.equal(bring.address("worker.js"), "/app/js/worker.js");
  },

  "in a worker it begins as the folder of its files"(assert) {
    const { addresses, public_path, run } = load("addresses_by_public_path");
    const global = run("globalThis");
    const href = "https://page.example/scripts/workers/job.js";
    Object.assign(global, { self: global, location: { href } });
    const files = addresses("shop", "workers/job.js", "/configured/");
    assert.equal(files.address("x.png"), "https://page.example/scripts/x.png");
    public_path("shop").value = "/app/";
    assert.equal(files.address("x.png"), "/app/x.png");
  },
};
