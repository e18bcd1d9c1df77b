// The preview's frame: what it shows, what its scripts cannot reach, and scripts that never end.

import assert from "node:assert/strict";

const page = (script) => `<!DOCTYPE html><body><h1>Page</h1><script>${script}</script></body>`;
const log = (what) => `console.log(${what})`;

/** Ways out of the frame. Each begins a request to HERE, if it can. */
const WAYS_OUT = `
  const at = (name) => "HERE/leak-" + name;
  const attempt = (name, run) => { try { run(); } catch (error) { console.log("threw", name); } };
  const added = (tag, values) => document.head.appendChild(
    Object.assign(document.createElement(tag), values));
  attempt("fetch", () => fetch(at("fetch")).catch(() => {}));
  attempt("beacon", () => navigator.sendBeacon(at("beacon"), "x"));
  attempt("xhr", () => { const x = new XMLHttpRequest(); x.open("GET", at("xhr")); x.send(); });
  attempt("socket", () => new WebSocket(at("socket").replace("http", "ws")));
  attempt("events", () => new EventSource(at("events")));
  attempt("image", () => { new Image().src = at("image"); });
  attempt("script", () => added("script", { src: at("script") }));
  attempt("style", () => added("link", { rel: "stylesheet", href: at("style") }));
  attempt("prefetch", () => added("link", { rel: "prefetch", href: at("prefetch") }));
  attempt("preload", () => added("link", { rel: "preload", as: "image", href: at("preload") }));
  attempt("module", () => import(at("module")).catch(() => {}));
  attempt("frame", () => document.body.append(
    Object.assign(document.createElement("iframe"), { src: at("frame") })));
  attempt("object", () => document.body.append(
    Object.assign(document.createElement("object"), { data: at("object") })));
  attempt("form", () => { const f = document.createElement("form"); f.action = at("form");
    document.body.append(f); f.submit(); });
  attempt("open", () => window.open(at("open")));
  attempt("top", () => { top.location = at("top"); });
  attempt("worker", () => new Worker("data:text/javascript,fetch('" + at("worker") + "')"));
  attempt("font", () => document.body.append(Object.assign(document.createElement("style"),
    { textContent: "@font-face{font-family:f;src:url(" + at("font") + ")}body{font-family:f}" })));
  attempt("css", () => { document.body.style.background = "url(" + at("css") + ")"; });
  attempt("storage", () => localStorage.length);
  attempt("parent", () => parent.document.title);
  attempt("rtc", () => new RTCPeerConnection());
  setTimeout(() => { console.log("done"); location = at("navigation"); }, 500);
`;

export const tests = {
  async "what the page logs and throws is shown"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.type(
      "src/main.js",
      `
      console.log("text", 1, [1, { a: 2n }], document.body, undefined);
      console.warn("careful");
      Promise.reject(new Error("nobody caught"));
      null.property;
    `,
    );
    assert.match(await visitor.console("text"), /^text 1 \[1, \{ a: 2n \}\] <body> undefined$/);
    await visitor.console("careful");
    await visitor.console("nobody caught");
    await visitor.console("TypeError");
    visitor.expects.push("Error: nobody caught", "TypeError");
  },

  async "nothing leaves the frame"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    const here = site.address.replace(/\/tools.*/, "");
    const before = site.requests.length;
    await visitor.type("index.html", page(WAYS_OUT.replace("HERE", here)));
    await visitor.console("done");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(
      site.requests.slice(before).filter((url) => url.includes("leak")),
      [],
    );
    for (const name of ["storage", "parent", "rtc", "top"]) await visitor.console(`threw ${name}`);
    assert.equal(await visitor.run("location.pathname"), "/tools/play/");
    // The browser reports what the policies have stopped.
    visitor.expects.push(
      "Content Security Policy",
      "Blocked",
      "sandbox",
      "Unsafe attempt",
      "leak-",
    );
  },

  async "an endless loop is stopped, and the page answers"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    const loops = [
      "while (true) {}",
      "for (;;);",
      "do ; while (1)",
      "for (let i = 0; i < 2; i *= 1) try { x } catch {}",
    ];
    for (const [at, loop] of loops.entries()) {
      await visitor.type("src/main.js", `console.log("loop ${at}"); ${loop}`);
      await visitor.console(`loop ${at}`);
      await visitor.console("ran for more than 2 seconds");
      assert.equal(await visitor.run("1 + 1"), 2);
    }
    await visitor.type("src/main.js", log('"goes on"'));
    await visitor.console("goes on");
    visitor.expects.push("ran for more than 2 seconds");
  },

  async "a script that blocks its process is reported, and can be stopped"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    // No guard sees this: the loop is in a text.
    await visitor.type("src/main.js", 'console.log("begins"); new Function("while (true) {}")();');
    await visitor.until("!document.getElementById('preview-message').hidden", "the notice", 20_000);
    const said = await visitor.said("preview-message");
    assert.match(said, /does not answer/);
    await visitor.run("document.querySelectorAll('#preview-actions button')[1].click()");
    assert.match(await visitor.said("preview-message"), /stopped/);
    // The editor goes on, and so do builds.
    await visitor.type("src/main.js", "console.log('fixed');");
    await visitor.built();
    // What was typed is in the address, for a new tab.
    await visitor.until("location.hash.startsWith('#z=')");
  },

  async "a dynamic import loads its chunk"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.type(
      "src/main.js",
      'import("./Account").then((m) => console.log(Object.keys(m).join()));',
    );
    await visitor.console("Account");
  },

  async "without index.html the page says what to do"({ visit, site }) {
    const visitor = await visit(`${site.address}#example=class`);
    await visitor.built();
    await visitor.run("document.querySelector('#files [data-tab=\"index.html\"]').focus()");
    await visitor.press("Delete");
    await visitor.until("document.querySelector('dialog[open] .primary')");
    await visitor.run("document.querySelector('dialog .primary').click()");
    await visitor.says("preview-message", "Add index.html");
  },
};
