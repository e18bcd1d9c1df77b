// Share links: what they restore, and hostile ones, which are refused in a sentence.

import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";

const link = (value) => `z=${packed(JSON.stringify(value))}`;
const packed = (text) => deflateSync(text, { level: 9 }).toString("base64url");
const of = (files) => link({ example: "class", files });

/** Fragments, and what the page has to say of each. */
const HOSTILE = {
  "a path named __proto__": [
    `z=${packed('{"example":"class","files":{"__proto__":"x"}}')}`,
    /bad path/,
  ],
  "a path with ..": [of({ "../../etc/passwd": "x" }), /bad path/],
  "an absolute path": [of({ "/etc/passwd": "x" }), /bad path/],
  "a path with a backslash": [of({ "..\\x": "x" }), /bad path/],
  "a path of a package": [of({ "node_modules/vue/package.json": "{}" }), /bad path/],
  "a long path": [of({ ["x".repeat(5000)]: "x" }), /bad path/],
  "thousands of files": [
    of(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}.js`, ""]))),
    /more than 100 files|too long/,
  ],
  "5 MB of text": [of({ "a.js": "x".repeat(5_000_000) }), /more than 1 MB/],
  "a bomb": [`z=${deflateSync(Buffer.alloc(70_000_000)).toString("base64url")}`, /more than 1 MB/],
  "a long fragment": [`t=${"A".repeat(200_000)}`, /too long/],
  "what is not compressed": ["z=AAAAAAAA", /cannot be read/],
  "what is not base64": ["z=%%%", /not one of this page/],
  "what is not JSON": [`z=${packed("hello")}`, /cannot be read/],
  "a list": [link([1, 2]), /does not contain a project/],
  null: [link(null), /does not contain a project/],
  "numbers as texts": [of({ "a.js": 1 }), /does not contain a project/],
  "another example": [link({ example: "nothing", files: {} }), /names no example/],
  "an example with a path": [
    link({ example: "../secret", files: {} }),
    /does not contain a project/,
  ],
};

export const tests = {
  async "a link restores the changed files, and nothing else"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.type("src/main.js", "console.log('shared ✓', [1, 2]);");
    await visitor.console("shared ✓");
    await visitor.press("s", { alt: true });
    const shared = await visitor.until("document.getElementById('link')?.value");
    assert(shared.startsWith(`${site.address}#z=`), shared);
    assert(shared.length < 300, shared);
    const other = await visit(shared);
    await other.console("shared ✓ [1, 2]");
    await other.choose("src/main.js");
    assert.equal(await other.text(), "console.log('shared ✓', [1, 2]);");
    await other.choose("src/Account.js");
    assert.match(await other.text(), /#balance/);
  },

  async "a link is opened although the address was replaced before its turn"({ visit, site }) {
    const visitor = await visit(site.address);
    await visitor.built();
    const opened = of({ "src/main.js": "console.log('opened');" });
    await visitor.run(
      `location.hash = ${JSON.stringify(opened)}; history.replaceState(null, "", "#example=class")`,
    );
    await visitor.console("opened");
  },

  async "hostile links are refused in a sentence"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    // The service worker fetches all files.
    await visitor.until("document.getElementById('offline').textContent !== ''");
    const before = site.requests.length;
    for (const [what, [fragment, said]] of Object.entries(HOSTILE)) {
      await visitor.run("document.getElementById('message').textContent = ''");
      await visitor.run(`location.hash = ${JSON.stringify(fragment)}`);
      const message = await visitor.until("document.getElementById('message').textContent", what);
      assert.match(message, said, what);
      const files = await visitor.run("[...document.querySelectorAll('#files [role=tab]')].length");
      assert.equal(files, 4, what);
    }
    assert.equal(await visitor.run("({}).x"), undefined);
    const fetched = site.requests.slice(before).filter((url) => !url.endsWith("/sw.js"));
    assert.deepEqual(fetched, [], "nothing is fetched");
  },

  async "names and texts of a link are shown as text"({ visit, site }) {
    const html = "<img src=x onerror=document.title='run'>";
    const visitor = await visit(
      site.address +
        "#" +
        of({
          "src/main.js": `throw new Error(${JSON.stringify(html)}); // ${html}`,
          "index.html": `<title>${html}</title><b>${html}</b><script src="dist/app.js"></script>`,
        }),
    );
    await visitor.built();
    await visitor.console("onerror");
    for (const tab of ["outputs", "globals", "why", "report", "preview"]) await visitor.tab(tab);
    assert.equal(await visitor.run("document.title"), "bundle playground");
    assert.equal(
      await visitor.run("document.querySelectorAll('img:not([src=\"icon.svg\"])').length"),
      0,
    );
    visitor.expects.push("Error", "Content Security Policy");
  },
};
