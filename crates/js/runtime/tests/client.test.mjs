// The client that shows edits on a page. The page is a simulation: elements as far as the client
// uses them, timers that a test advances, and a server that answers with what `status` holds.

import { load } from "./load.mjs";

const ROOT = "https://page.example/dist/";
const STATUS = `${ROOT}bundle-dev/status.json?`;
const PAGE = "https://page.example/shop.php";

class Element {
  constructor(tag, document) {
    Object.assign(this, {
      tagName: tag.toUpperCase(),
      document,
      attributes: {},
      children: [],
      listeners: {},
      events: [],
    });
    Object.assign(this, { parentNode: null, textContent: "", scrollTop: 0, scrollLeft: 0 });
    this.style = { set: {}, setProperty(name, value) { this.set[name] = value; } };
  }
  get href() {
    return new URL(this.attributes.href, PAGE).href;
  }
  set href(value) {
    this.attributes.href = value;
  }
  get rel() {
    return this.attributes.rel ?? "";
  }
  set innerHTML(_) {
    throw new Error("innerHTML");
  }
  get nextSibling() {
    return this.parentNode.children[this.parentNode.children.indexOf(this) + 1] ?? null;
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  appendChild(child) {
    return this.insertBefore(child, null);
  }
  insertBefore(child, before) {
    const at = before ? this.children.indexOf(before) : this.children.length;
    this.children.splice(at, 0, child);
    child.parentNode = this;
    return child;
  }
  removeChild(child) {
    this.children.splice(this.children.indexOf(child), 1);
    child.parentNode = null;
  }
  cloneNode() {
    return Object.assign(new Element(this.tagName, this.document), {
      attributes: { ...this.attributes },
    });
  }
  contains(other) {
    return this === other || this.children.some((child) => child.contains(other));
  }
  all() {
    return this.children.flatMap((child) => [child, ...child.all()]);
  }
  focus() {
    this.document.activeElement = this;
  }
  dispatchEvent(event) {
    this.events.push(event.name);
  }
}

/** Everything that a page shows, for tests of texts. */
const text_of = (element) =>
  [element, ...element.all()]
    .map((each) => each.textContent)
    .filter(Boolean)
    .join(" | ");

/** A tab: what stays when a page is loaded anew. */
const tab = (storage = {}) => ({
  getItem: (key) => storage[key] ?? null,
  setItem: (key, value) => { storage[key] = String(value); },
  removeItem: (key) => { delete storage[key]; },
  storage,
});

const status = (more) => ({
  version: 2,
  build: "b1",
  scripts: { "app.js": "h1" },
  styles: {},
  updates: [],
  views: 0,
  problems: [],
  ...more,
});

/**
 * A page with a script of the project whose hash is `h1`. `build` adds elements before the script
 * runs.
 */
function page({
  sessionStorage = tab(),
  hash = "h1",
  build = () => {},
  shadow = true,
  answer = status(),
  engine,
  now = 0,
  root: output = ROOT,
  path = "",
  code: code_of = () => undefined,
} = {}) {
  const { connect, realm } = load("client", { engine });
  const timers = [];
  const at = { now, requests: [], reloads: 0, code: 200, answer, sessionStorage, realm };
  const document = { readyState: "loading", hidden: false, listeners: {}, activeElement: null };
  const root = new Element("html", document);
  const make = (tag, attributes = {}, parent = document.head, more = {}) =>
    parent.appendChild(Object.assign(new Element(tag, document), { attributes, ...more }));
  document.head = make("head", {}, root);
  document.body = make("body", {}, root);
  const listen = (listeners) => ({
    addEventListener: (name, action) => {
      (listeners[name] ??= []).push(action);
    },
    removeEventListener: (name, action) => {
      listeners[name] = listeners[name].filter((each) => each !== action);
    },
  });
  Object.assign(document, listen(document.listeners), {
    createElement: (tag) => {
      const made = new Element(tag, document);
      if (shadow && tag === "div") {
        made.attachShadow = () =>
          Object.assign(new Element("shadow", document), {
            appendChild: (child) => made.appendChild(child),
          });
      }
      return made;
    },
    createEvent: () => ({
      initEvent(name) {
        this.name = name;
      },
    }),
    getElementsByTagName: (tag) =>
      root.all().filter((each) => tag === "*" || each.tagName === tag.toUpperCase()),
    getElementById: (id) => root.all().find((each) => each.getAttribute("id") === id) ?? null,
    currentScript: make("script", {}, document.head, { src: `${output}app.js?v=3` }),
  });
  build({ make, document, body: document.body });
  const window_listeners = {};
  class XMLHttpRequest {
    headers = {};
    open(method, url) {
      Object.assign(this, { method, url });
    }
    setRequestHeader(name, value) {
      this.headers[name] = value;
    }
    send() {
      at.requests.push(this);
    }
    abort() {
      this.is_aborted = true;
    }
    reply(
      code = code_of(this.url) ?? at.code,
      body = typeof at.answer === "string" ? at.answer : JSON.stringify(at.answer),
    ) {
      Object.assign(this, { readyState: 4, status: code, responseText: body, is_done: true });
      this.onreadystatechange();
    }
  }
  const window = Object.assign(realm, listen(window_listeners), {
    document, XMLHttpRequest, location: { href: PAGE, reload() { at.reloads += 1; } },
    setTimeout: (action, delay) => timers.push({ action, due: at.now + delay }),
    clearTimeout: (id) => { if (timers[id - 1]) timers[id - 1].action = null; },
  });
  Object.defineProperty(window, "sessionStorage", {
    get: () => {
      if (at.sessionStorage) return at.sessionStorage;
      throw new Error("denied");
    },
  });
  realm.Date.now = () => at.now;
  const fire = (name, event = {}) =>
    (document.listeners[name] ?? []).forEach((each) => each(event));
  /** Moves the clock on, and has the server answer at once unless it is `silent`. */
  const pass = (ms) => {
    const end = at.now + ms;
    for (;;) {
      if (!at.silent)
        for (const each of at.requests) if (!each.is_done && !each.is_aborted) each.reply();
      const next = timers
        .filter(({ action, due }) => action && due <= end)
        .sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      at.now = Math.max(at.now, next.due);
      const { action } = next;
      next.action = null;
      action();
    }
    at.now = end;
  };
  const loaded = () => {
    document.readyState = "complete";
    window_listeners.load?.forEach((each) => each());
    pass(0);
  };
  const script = (file, its = "h1") => connect(window, { name: "shop", file, path, hash: its });
  script("app.js", hash);
  const answers = (more) => { at.answer = status(more); };
  const polls = () => at.requests.filter(({ url }) => url.startsWith(STATUS)).length;
  const overlay = () => document.body.children.find((each) => each.id === "bundle-dev-overlay");
  return Object.assign(at, {
    window, document, make, fire, pass, loaded, script, answers, polls, overlay,
  });
}

const problem = {
  severity: "error",
  code: "syntax-error",
  message: "<b>no</b>",
  file: "src/a.js",
  line: 3,
  column: 5,
  excerpt: "3 | let = ;",
  notes: ["help: name it"],
};
const sheet = ({ make }) =>
  make("link", {
    rel: "stylesheet",
    href: "/dist/shop.css",
    media: "screen",
    nonce: "n1",
    integrity: "sha",
  });
const links = ({ document }) =>
  document.getElementsByTagName("link").map(({ attributes }) => attributes.href);

/** The fields of a form, with what somebody typed. */
const form = ({ make, body }) => {
  const field = (tag, attributes, more) =>
    make(tag, attributes, body, { type: "text", defaultValue: "", ...more });
  field("input", { id: "who" }, { value: "Minseo" });
  field("textarea", { name: "why" }, { type: "textarea", value: "so\nit is" });
  field("input", { name: "same" }, { value: "kept", defaultValue: "kept" });
  field(
    "input",
    { name: "yes" },
    { type: "checkbox", checked: true, defaultChecked: false, value: "on" },
  );
  for (const checked of [false, true])
    field(
      "input",
      { name: "size" },
      { type: "radio", checked, defaultChecked: !checked, value: "on" },
    );
  const options = [0, 1, 2].map((i) => ({ selected: i === 2, defaultSelected: false }));
  field("select", { name: "land" }, { type: "select-one", options });
  field(
    "select",
    { name: "untouched" },
    { type: "select-one", options: [0, 1].map((i) => ({ selected: !i, defaultSelected: false })) },
  );
  field("input", { id: "secret" }, { type: "password", value: "hunter2" });
  field("input", { id: "password" }, { value: "hunter2" });
  field("input", { name: "token" }, { type: "hidden", value: "hunter2" });
  field("input", { name: "card", autocomplete: "cc-number" }, { value: "hunter2" });
  field("input", { name: "off", autocomplete: "off" }, { value: "hunter2" });
  field("input", {}, { value: "hunter2" });
};

export default {
  "a page has one client for all scripts of a project, and a worker none"(assert) {
    const at = page();
    at.document.currentScript = at.make("script", {}, undefined, { src: `${ROOT}trade/buy.js` });
    at.script("trade/buy.js");
    at.answers({ scripts: { "app.js": "h1", "trade/buy.js": "h1" } });
    at.pass(0);
    assert.deepEqual([at.requests.length, at.reloads], [1, 0]);
    at.answers({ scripts: { "app.js": "h1", "trade/buy.js": "h2" } });
    at.pass(500);
    assert.deepEqual([at.requests.at(-1).url, at.reloads], [`${ROOT}trade/buy.js`, 1]);
    assert.deepEqual(
      Object.keys(at.window).filter((key) => key.startsWith("bundle")),
      ["bundle-dev:shop"],
    );
    const { connect, realm } = load("client");
    connect(realm, { name: "shop", file: "app.js", path: "", hash: "h1" });
    assert.deepEqual(Object.keys(realm), []);
  },

  "it runs in an engine without anything newer than ECMAScript 5"(assert) {
    const at = page({ engine: "ie9", build: sheet, shadow: false });
    at.pass(0);
    at.answers({ build: "b2", styles: { "shop.css": "c2" }, problems: [problem] });
    at.pass(500);
    assert.ok(at.overlay());
    assert.deepEqual(links(at), ["/dist/shop.css", `${ROOT}shop.css?bundle-dev=c2`]);
  },

  "it asks every 500 ms for a minute, then every 1500 ms, each time at a new address"(assert) {
    const at = page();
    at.pass(60000);
    assert.equal(at.polls(), 121);
    at.pass(15000);
    assert.equal(at.polls(), 131);
    assert.equal(new Set(at.requests.map(({ url }) => url)).size, 131);
    at.answers({ build: "b2" });
    at.pass(1500);
    const before = at.polls();
    at.pass(5000);
    assert.equal(at.polls() - before, 10);
  },

  "a hidden tab does not ask, and one that is seen again asks at once"(assert) {
    const at = page();
    at.pass(70000);
    at.document.hidden = true;
    const before = at.polls();
    at.pass(10000);
    assert.equal(at.polls(), before);
    at.document.hidden = false;
    at.fire("visibilitychange");
    at.fire("visibilitychange");
    assert.equal(at.polls(), before + 1);
    // The second time an answer is on its way, which may be older than the requested one.
    at.pass(1000);
    assert.equal(at.polls(), before + 4);
  },

  "a status that is not there ends it, a server that is not there does not"(assert) {
    for (const code of [403, 404, 410]) {
      const at = page();
      at.code = code;
      at.pass(5000);
      at.fire("visibilitychange");
      assert.equal(at.polls(), 1);
    }
    const disk = page({ root: "file:///home/dist/" });
    disk.pass(5000);
    disk.fire("visibilitychange");
    assert.equal(disk.requests.length, 0);
    for (const code of [0, 500, 503]) {
      const at = page();
      at.code = code;
      at.pass(3000);
      assert.equal(at.polls(), 3);
    }
  },

  "one that never answers is asked five times, and a line in the console says why"(assert) {
    const lines = [];
    const at = page();
    at.window.console = { warn: (text) => lines.push(text) };
    at.code = 0;
    at.pass(60000);
    assert.equal(at.polls(), 5);
    assert.equal(lines.length, 1);
    assert.match(lines[0], /no updates: .*status\.json cannot be read/);
  },

  "a server that has no time at first is asked again, and again"(assert) {
    const at = page();
    at.code = 503;
    at.pass(90000);
    at.code = 200;
    at.answers({ scripts: { "app.js": "h2" } });
    at.pass(10000);
    assert.equal(at.reloads, 1);
  },

  "a place in another one is a place of its own"(assert) {
    const shop = "https://page.example/shop/";
    const code = (url) => (url.startsWith(shop) ? 200 : 404);
    const at = page({ root: shop, path: "/", code });
    at.make("link", { rel: "stylesheet", href: `${shop}shop.css` });
    at.answers({ styles: { "shop.css": "c1" } });
    at.pass(400);
    at.answers({ styles: { "shop.css": "c2" } });
    at.pass(1000);
    assert.equal(links(at).length, 2);
  },

  "a host that never answers does not hold up a reload"(assert) {
    const at = page({ root: "https://static.example/dist/" });
    at.window.fetch = () => ({ then() {} });
    at.pass(400);
    at.answers({ scripts: { "app.js": "h2" } });
    at.pass(20000);
    assert.equal(at.reloads, 1);
  },

  "a status that was there may come back"(assert) {
    const at = page();
    at.pass(400);
    at.code = 404;
    at.pass(70000);
    const before = at.polls();
    assert.ok(before < 20, `${before} polls`);
    at.pass(60000);
    assert.equal(at.polls(), before);
    at.code = 200;
    at.answers({ scripts: { "app.js": "h2" } });
    at.fire("visibilitychange");
    at.pass(100);
    assert.equal(at.reloads, 1);
  },

  "the folder is looked for on the page's own host, and beside the script"(assert) {
    const asked = (script, { path = "", found }) => {
      const at = page({ root: script, path, code: (url) => (url.startsWith(found) ? 200 : 404) });
      at.make("link", { rel: "stylesheet", href: `${script}shop.css` });
      at.answers({ styles: { "shop.css": "c1" } });
      at.pass(400);
      at.answers({ styles: { "shop.css": "c2" } });
      at.pass(1000);
      assert.deepEqual(links(at).length, 2, script);
      return [...new Set(at.requests.map(({ url }) => url.split("bundle-dev/")[0]))];
    };
    const other = "https://static.example/dist/";
    assert.deepEqual(asked(other, { found: ROOT }), [ROOT]);
    assert.deepEqual(asked(other, { found: other }), [ROOT, other]);
    const configured = asked(ROOT, { path: "/js/", found: ROOT });
    assert.deepEqual(configured, ["https://page.example/js/", ROOT, `${ROOT}shop.css`]);
  },

  "one request at a time, for ten seconds at most"(assert) {
    const at = page();
    at.silent = true;
    at.pass(9999);
    at.fire("visibilitychange");
    assert.equal(at.polls(), 1);
    at.pass(1);
    assert.ok(at.requests[0].is_aborted);
    at.pass(1500);
    assert.equal(at.polls(), 2);
  },

  "what is no status counts as no answer"(assert) {
    const wrong = [
      "", "<html>", "null", "3", '{"version": 2',
      { ...status(), version: 1 },
      { ...status(), updates: null },
      { ...status(), problems: null },
    ];
    for (const answer of wrong.concat(status({ scripts: null }))) {
      const at = page({ answer });
      at.pass(3000);
      assert.deepEqual([at.polls(), at.reloads], [3, 0]);
      at.answers();
      at.pass(1500);
      assert.equal(at.polls(), 4);
      at.pass(500);
      assert.equal(at.polls(), 5);
    }
  },

  "a changed script of the page reloads it once, past the cache, and one that it has not does not"(
    assert,
  ) {
    const at = page({
      build: ({ make }) => make("script", {}, undefined, { src: `${ROOT}chunks/a.js#x` }),
    });
    const scripts = { "app.js": "h1", "chunks/a.js": "a1", "other.js": "o1" };
    at.answers({ scripts });
    at.pass(0);
    at.answers({ scripts: { ...scripts, "other.js": "o2" } });
    at.pass(1000);
    assert.equal(at.reloads, 0);
    at.answers({ scripts: { ...scripts, "chunks/a.js": "a2" } });
    at.pass(5000);
    assert.equal(at.reloads, 1);
    const { url, headers } = at.requests.at(-1);
    assert.deepEqual([url, headers["Cache-Control"]], [`${ROOT}chunks/a.js#x`, "no-cache"]);
  },

  "a page that needs other files is printed again, once the server has read the new manifest"(
    assert,
  ) {
    const scripts = { "app.js": "h1" };
    const first = { scripts, styles: { "app.css": "c1" }, attached: { "app.js": ["app.css"] } };
    const changes = [
      // With hashes in names.
      { scripts: { "app.h2.js": "h2" }, attached: { "app.h2.js": ["app.css"] } },
      { attached: {}, styles: {} },
      { attached: { "app.js": ["app.css", "more.css"] }, styles: { "app.css": "c1", "more.css": "m1" } },
      { attached: { "app.js": ["app.css", "worker.js"] }, scripts: { ...scripts, "worker.js": "w1" } },
    ];
    for (const change of changes) {
      const at = page({ answer: status(first) });
      at.pass(0);
      at.answers({ ...first, ...change });
      at.pass(1000);
      assert.equal(at.reloads, 0);
      at.pass(3000);
      assert.equal(at.reloads, 1);
    }
    // Another page needs them.
    const at = page({ answer: status(first) });
    at.pass(0);
    at.answers({ ...first, attached: { ...first.attached, "other.js": ["other.css"] } });
    at.pass(5000);
    assert.equal(at.reloads, 0);
  },

  "a script that is gone reloads the page that still has it once"(assert) {
    const sessionStorage = tab();
    for (const reloads of [1, 0]) {
      const at = page({ sessionStorage, answer: status({ scripts: { "app.h2.js": "h2" } }) });
      at.pass(10000);
      assert.equal(at.reloads, reloads);
    }
    const at = page({ sessionStorage: tab(), answer: status({ scripts: {}, problems: [problem] }) });
    at.pass(10000);
    assert.equal(at.reloads, 0);
  },

  "a changed worker reloads the page that starts it, past the cache"(assert) {
    const attached = { "app.js": ["worker.js"] };
    const scripts = { "app.js": "h1", "worker.js": "w1", "other.js": "o1" };
    const at = page({ answer: status({ scripts, attached }) });
    at.pass(0);
    at.answers({ scripts: { ...scripts, "other.js": "o2" }, attached });
    at.pass(1000);
    assert.equal(at.reloads, 0);
    // The file is written after the status that is ahead of it.
    at.answers({ scripts: { ...scripts, "worker.js": "w2" }, attached, ahead: true });
    at.pass(1000);
    assert.equal(at.reloads, 0);
    at.answers({ scripts: { ...scripts, "worker.js": "w2" }, attached });
    at.pass(1000);
    assert.equal(at.reloads, 1);
    const { url, headers } = at.requests.at(-1);
    assert.deepEqual([url, headers["Cache-Control"]], [`${ROOT}worker.js`, "no-cache"]);
  },

  "an update that leads to the status is applied, and one that cannot be loaded reloads"(assert) {
    for (const arrives of [true, false]) {
      const at = page();
      const taken = [];
      const client = at.window["bundle-dev:shop"];
      client.join({
        modules: {},
        definitions: {},
        kept: {},
        changed: {},
        help() {},
        has_script: () => true,
        replace: (rows) => taken.push(...Object.keys(rows)),
      });
      at.pass(0);
      at.answers({
        build: "b2",
        scripts: { "app.js": "h2" },
        updates: [{ id: "u1", scripts: { "app.js": ["h1", "h2"] } }],
      });
      at.pass(500);
      const update = at.document
        .getElementsByTagName("script")
        .find(({ src }) => src === `${ROOT}bundle-dev/u1.js`);
      if (arrives) client.update("u1", [["app.js", [], { "src/a.js": [] }]]);
      update.onload();
      at.pass(1000);
      assert.deepEqual([taken, at.reloads], arrives ? [["src/a.js"], 0] : [[], 1]);
    }
  },

  "an update exchanges the styles that its script has put into the page"(assert) {
    const style = (owner, nonce) => ({ make }) =>
      make("style", { nonce }, undefined, { textContent: "old", bundle_dev_owner: owner });
    const own = style("bundle-dev:shop:app.js", "n1");
    for (const [count, sheets] of [[1, [".a {}"]], [1, [".a {}", ".b {}"]], [3, [".a {}"]]]) {
      const at = page({
        build: (made) => {
          for (let number = 0; number < count; number += 1) own(made);
          style("bundle-dev:shop:other.js")(made);
        },
      });
      const client = at.window["bundle-dev:shop"];
      client.join({ has_script: () => true, help() {}, definitions: {}, modules: {}, changed: {} });
      at.pass(0);
      at.answers({
        build: "b2",
        scripts: { "app.js": "h2" },
        updates: [{ id: "u1", scripts: { "app.js": ["h1", "h2"], "other.js": ["h1", "h2"] } }],
      });
      at.pass(500);
      const update = at.document
        .getElementsByTagName("script")
        .find(({ src }) => src === `${ROOT}bundle-dev/u1.js`);
      client.update("u1", [["app.js", [], {}, sheets], ["other.js", [], {}, [".other {}"]]]);
      update.onload();
      at.pass(2000);
      const styles = at.document.getElementsByTagName("style");
      assert.deepEqual(styles.map(({ textContent }) => textContent), [...sheets, "old"]);
      assert.deepEqual(
        styles.slice(0, sheets.length).map((each) => each.getAttribute("nonce")),
        sheets.map(() => "n1"),
      );
      assert.equal(at.reloads, 0);
    }
  },

  "a script that no update leads to is waited for while the watcher still writes it"(assert) {
    const at = page();
    at.pass(0);
    at.answers({ build: "b2", scripts: { "app.js": "h2" }, ahead: true });
    at.pass(1000);
    assert.equal(at.reloads, 0);
    at.answers({ build: "b2", scripts: { "app.js": "h2" } });
    at.pass(50);
    assert.equal(at.reloads, 1);
  },

  "a changed entry reloads it, and a changed view, but no build that changed nothing"(assert) {
    const reloads = (more, options) => {
      const at = page(options);
      at.pass(0);
      at.answers({ build: "b2", ...more });
      at.pass(5000);
      return at.reloads;
    };
    assert.equal(reloads({ scripts: { "app.js": "h2" } }), 1);
    assert.equal(reloads({ scripts: { "app.js": "h2" } }, { sessionStorage: null }), 1);
    assert.equal(reloads({ views: 1 }), 1);
    assert.equal(reloads({}), 0);
    assert.equal(reloads({ scripts: {} }), 0);
  },

  "a restarted watcher counts views from the start"(assert) {
    const at = page({ answer: status({ build: "1-5", views: 2 }) });
    at.pass(5000);
    at.answers({ build: "2-1", views: 0 });
    at.pass(5000);
    assert.equal(at.reloads, 0);
    at.answers({ build: "2-1", views: 1 });
    at.pass(5000);
    assert.equal(at.reloads, 1);
  },

  "a view that changes right after the load waits: PHP checks every other second"(assert) {
    const at = page();
    at.pass(0);
    at.answers({ views: 1 });
    at.pass(2900);
    assert.equal(at.reloads, 0);
    at.pass(100);
    assert.equal(at.reloads, 1);
    const later = page();
    later.pass(3000);
    later.answers({ views: 1 });
    later.pass(500);
    assert.equal(later.reloads, 1);
  },

  "a cached script reloads the page once for a hash, and never without storage"(assert) {
    const sessionStorage = tab();
    const reloads = (hash, options = {}) => {
      const at = page({ hash, sessionStorage, ...options });
      at.pass(5000);
      return [
        at.reloads,
        at.requests
          .filter(({ headers }) => headers["Cache-Control"])
          .map(({ url }) => url)
          .join(),
      ];
    };
    assert.deepEqual(reloads("h0"), [1, `${ROOT}app.js?v=3`]);
    assert.deepEqual(reloads("h0"), [0, ""]);
    assert.deepEqual(reloads("h0", { answer: status({ scripts: { "app.js": "h3" } }) }), [
      1,
      `${ROOT}app.js?v=3`,
    ]);
    assert.deepEqual(reloads("h0", { sessionStorage: null }), [0, ""]);
  },

  "a stylesheet is swapped behind the old one, which goes when the new one is there"(assert) {
    const at = page({ build: sheet });
    at.answers({ styles: { "shop.css": "c1", "other.css": "o1" } });
    at.pass(0);
    at.answers({ styles: { "shop.css": "c2", "other.css": "o2" } });
    at.pass(500);
    assert.deepEqual(links(at), ["/dist/shop.css", `${ROOT}shop.css?bundle-dev=c2`]);
    const [, link] = at.document.getElementsByTagName("link");
    assert.deepEqual(
      { ...link.attributes, href: "" },
      { rel: "stylesheet", media: "screen", nonce: "n1", href: "" },
    );
    link.onload();
    assert.deepEqual([links(at), at.reloads], [[`${ROOT}shop.css?bundle-dev=c2`], 0]);
    at.answers({ styles: { "shop.css": "c3", "other.css": "o2" } });
    at.pass(500);
    at.pass(3000);
    assert.deepEqual(links(at), [`${ROOT}shop.css?bundle-dev=c3`]);
  },

  "a swap that another overtakes takes away what it should, in either order"(assert) {
    for (const order of ["12", "21", "1", "2", "x2", "x1"]) {
      const at = page({ build: sheet });
      at.answers({ styles: { "shop.css": "c1" } });
      at.pass(0);
      for (const hash of ["c2", "c3"]) {
        at.answers({ styles: { "shop.css": hash } });
        at.pass(500);
      }
      assert.equal(links(at).length, 3);
      const [, first, second] = at.document.getElementsByTagName("link");
      if (order === "x2") first.onerror();
      if (order === "x1") second.onerror();
      for (const each of order.replace("x", "")) (each === "1" ? first : second).onload?.();
      at.pass(3000);
      assert.deepEqual(
        links(at),
        [`${ROOT}shop.css?bundle-dev=${order === "x1" ? "c2" : "c3"}`],
        order,
      );
    }
  },

  "a stylesheet that cannot be had leaves the old one, and the next change swaps it"(assert) {
    for (const [swaps, failing] of [[1, 1], [2, 2], [2, 1]]) {
      const at = page({ build: sheet });
      at.answers({ styles: { "shop.css": "c1" } });
      at.pass(0);
      const change = (hash) => {
        at.answers({ styles: { "shop.css": hash } });
        at.pass(500);
        return at.document.getElementsByTagName("link").at(-1);
      };
      const failed = Array.from({ length: swaps }, (_, i) => change(`c${i + 2}`));
      for (const link of failed.slice(0, failing)) link.onerror();
      assert.equal(links(at)[0], "/dist/shop.css");
      const link = change("c4");
      assert.equal(links(at).filter((href) => href.endsWith("c4")).length, 1);
      link.onload();
      assert.deepEqual(links(at), [`${ROOT}shop.css?bundle-dev=c4`]);
    }
  },

  "what was edited between the last question of a page and the first of the next one is seen"(
    assert,
  ) {
    const styles = (hash) => ({ styles: { "shop.css": hash } });
    const next = (more, { away = 0, hash } = {}) => {
      const sessionStorage = tab();
      const before = page({
        sessionStorage,
        build: sheet,
        answer: status({ build: "7-1", ...styles("c1") }),
      });
      before.pass(0);
      const at = page({
        sessionStorage,
        build: sheet,
        hash,
        now: away,
        answer: status({ build: "7-2", ...styles("c1"), ...more }),
      });
      at.pass(10000);
      return [at.reloads, links(at).at(-1)];
    };
    assert.deepEqual(next({}), [0, "/dist/shop.css"]);
    assert.deepEqual(next(styles("c2")), [0, `${ROOT}shop.css?bundle-dev=c2`]);
    assert.deepEqual(next(styles("c2"), { away: 90000 }), [0, `${ROOT}shop.css?bundle-dev=c2`]);
    assert.deepEqual(next({ styles: { "shop.css": "c1", "other.css": "o1" } }), [
      0,
      "/dist/shop.css",
    ]);
    assert.deepEqual(next({ views: 1 }), [1, "/dist/shop.css"]);
    // The tab was in the background, or another watcher counts.
    assert.deepEqual(next({ views: 1 }, { away: 30000 }), [0, "/dist/shop.css"]);
    assert.deepEqual(next({ views: 1, build: "8-1" }), [0, "/dist/shop.css"]);
  },

  "a page that was printed before it got a stylesheet comes again"(assert) {
    const next = (before, now, more = {}) => {
      const sessionStorage = tab();
      const lists = (files) => status({ attached: { "app.js": files }, ...more });
      page({ sessionStorage, answer: lists(before) }).pass(0);
      const at = page({ sessionStorage, build: sheet, answer: lists(now), now: more.away });
      at.pass(10000);
      return at.reloads;
    };
    assert.equal(next([], ["shop.css"]), 0, "its link is there");
    assert.equal(next([], ["other.css"]), 1);
    assert.equal(next(["shop-1.css"], ["shop-2.css"]), 1);
    assert.equal(next(["other.css"], ["other.css"]), 0, "no page ever had the link");
    assert.equal(next([], ["other.css"], { away: 90000 }), 0, "somebody was elsewhere");
    assert.equal(next([], ["worker.js"]), 0);
  },

  "a page that came again because of a view does not come once more"(assert) {
    const sessionStorage = tab();
    const answer = status({ build: "7-2", views: 1 });
    const before = page({ sessionStorage, answer: status({ build: "7-1" }) });
    before.pass(0);
    Object.assign(before, { answer });
    before.pass(5000);
    const after = page({ sessionStorage, answer, now: 5000 });
    after.pass(10000);
    assert.deepEqual([before.reloads, after.reloads], [1, 0]);
    // A storage with anything else in it counts as empty.
    for (const text of ["3", "null", "{", '"x"', '{"styles":3}']) {
      const at = page({
        sessionStorage: tab({ [`bundle-dev:last:${ROOT}`]: text }),
        build: sheet,
        answer,
      });
      at.pass(2000);
      assert.deepEqual([at.reloads, at.polls()], [0, 5]);
    }
  },

  "what was typed and where things were scrolled to is there again after a reload, secrets are not"(
    assert,
  ) {
    const sessionStorage = tab();
    const before = page({ sessionStorage, build: form });
    before.loaded();
    before.document.body.scrollTop = 640;
    before.answers({ views: 1 });
    before.pass(3000);
    assert.equal(before.reloads, 1);
    const kept = sessionStorage.getItem("bundle-dev");
    assert.ok(kept && !kept.includes("hunter2") && !/same|untouched/.test(kept));
    const after = page({ sessionStorage, build: (parts) => {
      form(parts);
      for (const each of parts.body.all()) {
        Object.assign(each, { value: each.defaultValue, checked: each.defaultChecked });
        each.options?.forEach((option) => { option.selected = false; });
      }
    } });
    after.pass(0);
    const [who, why, same, yes, small, large, land, , ...secrets] = after.document.body.all();
    assert.equal(who.value, "");
    after.loaded();
    assert.deepEqual(
      [who.value, why.value, yes.checked, small.checked, large.checked],
      ["Minseo", "so\nit is", true, true, true],
    );
    assert.deepEqual(
      land.options.map(({ selected }) => selected),
      [false, false, true],
    );
    assert.deepEqual([who.events, same.events, small.events], [["input", "change"], [], []]);
    assert.ok(secrets.every(({ value, events }) => value === "" && !events.length));
    assert.equal(after.document.body.scrollTop, 640);
    assert.equal(sessionStorage.getItem("bundle-dev"), null);
  },

  "a field that is made after the load gets its contents, but not at another address"(assert) {
    const field = { place: { id: "late", tag: "INPUT", name: "" }, content: "typed" };
    for (const [address, value] of [
      [PAGE, "typed"],
      [`${PAGE}?other`, ""],
    ]) {
      const at = page({
        sessionStorage: tab({
          "bundle-dev": JSON.stringify({ address, fields: [field], scrolls: [] }),
        }),
      });
      at.loaded();
      const late = at.make("input", { id: "late" }, at.document.body, { type: "text", value: "" });
      at.pass(400);
      assert.equal(late.value, value);
      assert.equal(at.sessionStorage.getItem("bundle-dev"), null);
    }
  },

  "a page that reloads again before it has loaded loses nothing"(assert) {
    const sessionStorage = tab({ "bundle-dev": "what was kept" });
    const at = page({ sessionStorage, hash: "h0" });
    at.pass(0);
    assert.deepEqual([at.reloads, sessionStorage.getItem("bundle-dev")], [1, "what was kept"]);
  },

  "errors are shown as text, and gone when they are mended"(assert) {
    for (const shadow of [true, false]) {
      const at = page({ shadow, answer: status({ problems: [problem, { message: "alone" }] }) });
      at.pass(0);
      assert.equal(
        text_of(at.overlay()),
        "Close | 2 problems in shop | src/a.js:3:5 | syntax-error | <b>no</b> | 3 | let = ; | " +
          "help: name it | alone",
      );
      const dialog = at.document.activeElement;
      assert.deepEqual(
        [dialog.attributes.role, dialog.attributes["aria-label"]],
        ["alertdialog", "2 problems in shop"],
      );
      assert.equal(at.overlay().style.set["z-index"], "2147483647");
      const before = at.overlay();
      at.pass(500);
      assert.equal(at.overlay(), before);
      at.answers({ build: "b2" });
      at.pass(500);
      assert.equal(at.overlay(), undefined);
      assert.deepEqual(at.document.listeners.keydown, []);
    }
  },

  "closed by its button or a key they stay away until another build fails"(assert) {
    for (const close of [
      (at) =>
        at
          .overlay()
          .all()
          .find(({ tagName }) => tagName === "BUTTON")
          .onclick(),
      (at) => at.fire("keydown", { keyCode: 27, stopPropagation() {} }),
    ]) {
      const at = page({ answer: status({ problems: [problem] }) });
      at.pass(0);
      at.fire("keydown", { keyCode: 65 });
      assert.ok(at.overlay());
      close(at);
      at.pass(1000);
      assert.equal(at.overlay(), undefined);
      at.answers({ build: "b2", problems: [problem] });
      at.pass(500);
      assert.ok(at.overlay());
    }
  },

  "findings of lint show rule and severity, and stay closed while they are the same"(assert) {
    const sessionStorage = tab();
    const found = (rule) => ({
      ...problem,
      severity: rule === "no-var" ? "error" : "warning",
      code: "lint",
      rule,
      message: "text",
      notes: [],
    });
    const both = [found("no-var"), found("no-magic-numbers")];
    const at = page({ sessionStorage, answer: status({ problems: both }) });
    at.pass(0);
    const parts = "src/a.js:3:5 | CODE | text | 3 | let = ;";
    const text = [
      "Close | 2 problems in shop",
      parts.replace("CODE", "lint no-var"),
      parts.replace("CODE", "warning lint no-magic-numbers"),
    ];
    assert.equal(text_of(at.overlay()), text.join(" | "));
    const before = at.overlay();
    at.answers({ build: "b2", problems: both });
    at.pass(500);
    assert.equal(at.overlay(), before);
    at.fire("keydown", { keyCode: 27, stopPropagation() {} });
    at.answers({ build: "b3", problems: both });
    at.pass(500);
    assert.equal(at.overlay(), undefined);
    // Nor on the next page of the tab, until there is another one.
    const after = page({ sessionStorage, answer: status({ problems: both }) });
    after.pass(500);
    assert.equal(after.overlay(), undefined);
    after.answers({ build: "b4", problems: [found("no-var")] });
    after.pass(500);
    assert.ok(after.overlay());
    after.answers({ build: "b5" });
    after.pass(500);
    assert.equal(after.overlay(), undefined);
    // Beside an error of the build they are part of the build's report.
    after.answers({ build: "b6", problems: [problem, ...both] });
    after.pass(500);
    assert.ok(after.overlay());
  },

  "errors wait for a page without a body, and come back to one that drops them"(assert) {
    const at = page({ answer: status({ problems: [problem] }) });
    const { body } = at.document;
    at.document.body = null;
    at.pass(500);
    at.document.body = body;
    at.pass(500);
    assert.ok(at.overlay());
    body.removeChild(at.overlay());
    at.pass(500);
    assert.ok(at.overlay());
  },

  "what fails inside turns it off, and never reaches the page"(assert) {
    const at = page();
    at.pass(0);
    at.document.getElementsByTagName = () => { throw new Error("the page's own"); };
    at.answers({ build: "b2" });
    at.pass(5000);
    assert.equal(at.polls(), 2);
    at.document.createElement = null;
    delete at.window["bundle-dev:shop"];
    at.script("app.js");
  },
};
