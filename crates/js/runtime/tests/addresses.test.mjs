// Where a script finds the files of its build: on a page by the configured address, the one that
// the page specifies, or its own tag; in a worker by the worker's own address.

import { load } from "./load.mjs";

const SRC = "https://page.example/scripts/app.js?v=3";

/**
 * What a script that runs here gets for a file. `change`: what happens to the page after the script
 * has run.
 */
function asked({
  file = "app.js",
  path = "",
  said,
  src = SRC,
  current = true,
  worker,
  change = () => {},
} = {}) {
  const { addresses, run } = load("addresses");
  const global = run("globalThis");
  if (worker) Object.assign(global, { self: global, location: { href: worker } });
  else {
    const script = { tagName: "SCRIPT", src };
    const scripts = [
      { tagName: "SCRIPT", src: "https://page.example/other.js" },
      script,
      { tagName: "SCRIPT" },
    ];
    global.document = { currentScript: current && script, getElementsByTagName: () => scripts };
  }
  if (said) global.BUNDLE_PUBLIC_PATH = said;
  const files = addresses("shop", file, path);
  change(global);
  return files.address("workers/job.js");
}

export default {
  "on a page: configured, said by the page, or the script's own"(assert) {
    assert.equal(asked({ path: "/configured/", said: "/said" }), "/configured/workers/job.js");
    assert.equal(asked({ said: "/said" }), "/said/workers/job.js");
    assert.equal(asked({ said: { shop: "/said/shop/", other: "/" } }), "/said/shop/workers/job.js");
    assert.equal(asked({ said: { other: "/" } }), "https://page.example/scripts/workers/job.js");
    assert.equal(asked(), "https://page.example/scripts/workers/job.js");
    const deep = { file: "vue/app.js", src: "https://a.example/s/vue/app.js#x" };
    assert.equal(asked(deep), "https://a.example/s/workers/job.js");
    assert.equal(
      asked({ ...deep, src: "https://a.example/s/vue/app.a1b2.js" }),
      "https://a.example/s/vue/../workers/job.js",
    );
  },

  "where nobody says which script runs, it is the one with its name"(assert) {
    assert.equal(asked({ current: null }), "https://page.example/scripts/workers/job.js");
    assert.equal(
      asked({ current: null, src: "https://page.example/renamed.js" }),
      "workers/job.js",
    );
    assert.equal(asked({ current: null, file: "a/b.js", src: "" }), "../workers/job.js");
  },

  "which script runs is asked while it does"(assert) {
    const change = (global) => {
      global.document.currentScript = {
        tagName: "SCRIPT",
        src: "https://page.example/later/app.js",
      };
    };
    assert.equal(asked({ change }), "https://page.example/scripts/workers/job.js");
  },

  "an element that only has the name currentScript is not believed"(assert) {
    const { addresses, run } = load("addresses");
    const currentScript = { tagName: "IMG", src: "https://evil.example/app.js" };
    run("globalThis").document = { currentScript, getElementsByTagName: () => [{ src: SRC }] };
    assert.equal(
      addresses("shop", "app.js", "").address("x.js"),
      "https://page.example/scripts/x.js",
    );
  },

  "in a worker: where it came from, for an address that is relative to the page is none there"(
    assert,
  ) {
    const here = {
      file: "workers/outer.js",
      worker: "https://page.example/scripts/workers/outer.js?v=3",
    };
    assert.equal(asked(here), "https://page.example/scripts/workers/job.js");
    assert.equal(
      asked({ ...here, path: "scripts/" }),
      "https://page.example/scripts/workers/job.js",
    );
    const renamed = { ...here, worker: "https://page.example/scripts/workers/outer.a1b2.js" };
    assert.equal(asked(renamed), "https://page.example/scripts/workers/../workers/job.js");
    assert.equal(asked({ ...renamed, path: "/scripts/" }), "/scripts/workers/job.js");
  },
};
