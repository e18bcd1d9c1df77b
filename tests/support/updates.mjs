// A page shows edits without help. The story edits a project that `bundle --watch` builds, and
// looks at the project's page.
//
// node updates.mjs PROJECT chromium URL         somebody else serves the page
// node updates.mjs PROJECT chromium URL told    another story: the page is notified of edits
// node updates.mjs PROJECT chromium URL untold  the same edits, without notification
// node updates.mjs PROJECT phantomjs PROGRAM    this program serves the page: PhantomJS loses
//                                               requests of servers that close every connection
//
// PROJECT is a copy of fixtures/updates/_shop. It prints the milliseconds of each edit from the
// save to the page, on which nothing depends. The exit code is 1 if something went wrong. Edits
// come right after the page has polled, so the times are the longest there are. Every wait is for
// an event, never for a fixed time.

import { execFile, spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DevTools } from "./devtools.mjs";
import { randomStory } from "./updates_random.mjs";

/** Nothing takes this long unless it does not come at all. */
const LIMIT = 60_000;
const [project, engine, where, which, seed] = process.argv.slice(2);

// The same on every machine, whatever fonts it has. PhantomJS links an OpenSSL that cannot read
// current configuration files.
const env = {
  ...process.env,
  FONTCONFIG_FILE: fileURLToPath(new URL("../fonts/fonts.conf", import.meta.url)),
  OPENSSL_CONF: "/dev/null",
};
delete env.QT_QPA_PLATFORM;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const notes = [];

async function story(page) {
  const shop = edits(page);
  await page.open(page.url);
  await shows(page, {
    heading: "A page of the first view",
    total: "six won",
    color: "rgb(255, 0, 0)",
  });
  await page.type("#name", "Minseo");
  await page.type("#note", "by noon");
  const typed = { greeting: "Hello Minseo", name: "Minseo", note: "by noon", overlay: null };
  await shows(page, typed);

  await shop.swaps("stylesheet", ["src/shop.scss", "255, 0, 0", "0, 0, 255"], {
    ...typed,
    color: "rgb(0, 0, 255)",
  });
  // The stylesheet that came with the page was swapped: the next one replaces its replacement.
  await shop.swaps("stylesheet again", ["src/shop.scss", "0, 0, 255", "0, 128, 0"], {
    ...typed,
    color: "rgb(0, 128, 0)",
  });

  // The state of a component, and what was typed into it, survives an edit of its template. The two
  // clicks are state of another app.
  await page.evaluate("[0, 1].forEach(function () { document.querySelector('#count').click(); })");
  const clicked = { ...typed, color: "rgb(0, 128, 0)", count: "Clicked 2 times", badge: "Minseo!" };
  const greeted = { ...clicked, greeting: "Welcome Minseo" };
  await shop.swaps("template", ["src/Greeting.vue", "Hello", "Welcome"], greeted);
  await shop.swaps("template beside setup", ["src/Count.vue", "Clicked", "Pressed"], {
    ...greeted,
    count: "Pressed 2 times",
  });
  await shop.swaps("functional template", ["src/Badge.vue", "!</b>", "?</b>"], {
    ...greeted,
    count: "Pressed 2 times",
    badge: "Minseo?",
  });
  const pressed = { ...greeted, count: "Pressed 2 times", badge: "Minseo?" };
  // A component that is made anew is the only one.
  await shop.swaps("module", ["src/prices.js", "six", "seven"], { ...pressed, total: "seven won" });
  await shop.swaps("script", ["src/Total.vue", 'mark: ""', 'mark: " net"'], {
    ...pressed,
    total: "seven won net",
  });
  await shop.swaps("script with setup", ["src/Count.vue", "ref(0)", "ref(5)"], {
    ...pressed,
    count: "Pressed 5 times",
  });
  await shop.swaps("script of an app", ["src/Greeting.vue", 'name: ""', 'name: "Jiwoo"'], {
    greeting: "Welcome Jiwoo",
    count: "Pressed 5 times",
    note: "by noon",
  });
  await page.evaluate("document.querySelector('#name').value = ''");
  await page.type("#name", "Minseo");
  const again = { ...pressed, count: "Pressed 5 times", total: "seven won net" };
  await shop.swaps("accepted module", ["src/welcome.js", "morning", "evening"], {
    ...again,
    welcome: "Good evening at noon",
  });
  // One run before, one hundred for leaving, and two of the new module.
  await shop.swaps("module that accepts itself", ["src/runs.js", "step = 1", "step = 2"], {
    ...again,
    runs: "Run 103",
  });
  // An edit that is undone does not come again with the next one.
  const undone = { ...again, runs: "Run 204" };
  await shop.swaps("undone", ["src/runs.js", "step = 2", "step = 1"], undone);
  // The callback of one accepted module uses the other.
  const both = [["src/welcome.js", "evening", "night"], ["src/closing.js", "noon", "midnight"]];
  await shop.swaps("two accepted modules", both, {
    ...undone,
    welcome: "Good night at midnight",
  });

  // A component that exports a constructor gets the new names of its classes.
  const renamed = [
    ["src/Box.vue", "$style.box", "$style.frame"],
    ["src/Box.vue", ".box { text-align: right", ".frame { text-align: center"],
  ];
  await shop.swaps("class of a constructor", renamed, { ...undone, align: "center" });

  // What a component inherits was copied into its options, but a template of its own stays.
  await shop.swaps("template that nobody inherits", ["src/Base.vue", "A base", "The base"], {
    ...undone,
    heir: "An heir of today",
  });
  await shop.reloads("script that is inherited", ["src/Base.vue", "today", "old"], {
    heir: "An heir of old",
    name: "Minseo",
  });
  // Who puts an application into the page is accepted by nobody.
  const reloaded = {
    greeting: "Welcome Minseo",
    name: "Minseo",
    note: "by noon",
    overlay: null,
    count: "Pressed 5 times",
    total: "seven won net",
  };
  await shop.reloads("entry", ["src/main.js", '"Open"', '"Closed"'], {
    ...reloaded,
    title: "Closed",
  });
  await shop.reloads("view", ["views/shop/page.php", "first", "second"], {
    ...reloaded,
    heading: "A page of the second view",
  });
  const old = { ...reloaded, overlay: /src\/prices\.js:2:\d/ };
  await shop.swaps("mistake", ["src/prices.js", 'return "seven won";', "return (;"], old);
  await shop.swaps("mended", ["src/prices.js", "return (;", 'return "eight won";'], {
    ...reloaded,
    total: "eight won net",
  });
  await shop.swaps("mistake again", ["src/prices.js", 'return "eight won";', "return (;"], {
    ...reloaded,
    total: "eight won net",
    overlay: /prices\.js:2:\d/,
  });
  // What is there already needs no reload.
  await shop.swaps("taken back", ["src/prices.js", "return (;", 'return "eight won";'], {
    ...reloaded,
    total: "eight won net",
  });
  await meanwhile(page);
}

/** The three things that can come of an edit. */
function edits(page) {
  let marks = 0;
  async function edit(name, change, expected) {
    await page.learns();
    await page.evaluate(`window.mark = ${++marks}`);
    const opened = page.opened();
    const begun = performance.now();
    const changes = Array.isArray(change[0]) ? change : [change];
    changes.forEach(([file, before, after]) => save(file, before, after));
    await shows(page, expected);
    notes.push(`${name} ${Math.round(performance.now() - begun)}`);
    // A page that was given a stale file would be loaded once more.
    await page.learns();
    await shows(page, expected);
    return { reloads: page.opened() - opened, isMarked: (await look(page)).mark === marks };
  }
  return {
    async swaps(name, change, expected) {
      const { reloads, isMarked } = await edit(name, change, expected);
      if (reloads || !isMarked)
        throw new Error(`${name}: the page is another one, after ${reloads} reloads`);
    },
    async reloads(name, change, expected) {
      const { reloads, isMarked } = await edit(name, change, expected);
      if (reloads !== 1 || isMarked)
        throw new Error(`${name}: ${reloads} reloads, and one was due`);
    },
  };
}

/**
 * An edit while no page is open: the browser has kept a stale script, and only the script itself
 * shows that.
 */
async function meanwhile(page) {
  await page.open("about:blank");
  save("src/prices.js", "eight", "nine");
  await until("the script is built", () =>
    readFileSync(join(project, "dist/shop.js"), "utf8").includes("nine won"),
  );
  const opened = page.opened();
  await page.open(page.url);
  await shows(page, { total: "nine won net", overlay: null });
  await page.learns();
  await shows(page, { total: "nine won net", overlay: null });
  const times = page.opened() - opened;
  if (times > 2)
    throw new Error(`a stale script is worth one reload: the page was opened ${times} times`);
  notes.push(`opened ${times === 1 ? "once" : "twice"} after an edit`);
}

/** Modules that nobody chose. */
async function randomModules(page) {
  await page.open(page.url);
  await shows(page, { heading: "A page of the first view", total: "six won" });
  notes.push(
    await randomStory(page, {
      project,
      shows: (state) => shows(page, { state }),
      seed: Number(seed),
    }),
  );
}

/**
 * The page is notified of an edit at once, or polls as any other does. It sends requests only to
 * its own server.
 */
async function socketStory(page, isTold) {
  const { socket } = status();
  if (mayConnect(page.url, socket) !== isTold)
    throw new Error(`the status says of ${page.url} ${JSON.stringify(socket)}`);
  await page.open(page.url);
  await shows(page, {
    heading: "A page of the first view",
    total: "six won",
    color: "rgb(255, 0, 0)",
  });
  let color = 0;
  const before = {
    "src/Greeting.vue": "Hello",
    "src/prices.js": "six",
    "src/shop.scss": "255, 0, 0",
  };
  const edit = async (name, file, after, expected) => {
    const reloads = page.opened();
    // A page that was loaded again connects again.
    if (isTold)
      await until(
        () => `the page, opened ${reloads} times, is connected, not ${page.streams.length} times`,
        () => page.streams.length === reloads && page.streams.at(-1).startsWith(address(socket)),
      );
    const heard = page.messages;
    const begun = performance.now();
    save(file, before[file], after);
    before[file] = after;
    await shows(page, expected);
    notes.push(`${name} ${Math.round(performance.now() - begun)}`);
    // The browser reports what it heard after the page shows it.
    if (isTold) await until(`${name}: the page is told`, () => page.messages > heard);
  };
  // What changes before the first page of a tab has asked for the first time is not noticed.
  if (!isTold) await page.learns();
  for (const _ of [1, 2, 3]) {
    color += 1;
    await edit("stylesheet", "src/shop.scss", `0, 0, ${color}`, { color: `rgb(0, 0, ${color})` });
  }
  await edit("template", "src/Greeting.vue", "Welcome", { greeting: "Welcome " });
  await edit("module", "src/prices.js", "seven", { total: "seven won" });
  if (!isTold && page.streams.length) throw new Error("the page connects, and nobody wants it to");
}

const status = () => JSON.parse(readFileSync(join(project, "dist/bundle-dev/status.json"), "utf8"));
/** Pages of this machine may be told of edits, and those that the configuration lists. */
const isLoopback = (url) => ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
const mayConnect = (url, socket) =>
  Boolean(socket) && (isLoopback(url) || (socket.origins ?? []).includes(new URL(url).origin));
const address = ({ port, token }) => `http://127.0.0.1:${port}/?token=${token}`;

/** Changes one place of a file, as editors do that rename: nobody sees half a file. */
function save(file, before, after) {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
  writeFileSync(`${project}.saved`, text.replace(before, after));
  renameSync(`${project}.saved`, path);
}

/**
 * Runs in the page, in ECMAScript 5. Old browsers have no shadow trees: there the overlay is an
 * ordinary element.
 */
const LOOK = `(function () {
  function text(selector) {
    var element = document.querySelector(selector);
    return element && element.textContent;
  }
  function value(selector) {
    var field = document.querySelector(selector);
    return field && field.value;
  }
  var overlay = document.getElementById("bundle-dev-overlay");
  var heading = document.querySelector("h1");
  var total = document.querySelector("#total");
  return JSON.stringify({
    state: text("#state"), title: document.title, badge: text("#badge"), count: text("#count"),
    welcome: text("#welcome"), runs: text("#runs"), heir: text("#heir"), heading: text("h1"),
    greeting: text("#greeting"), total: text("#total"), name: value("#name"), note: value("#note"),
    color: heading && getComputedStyle(heading).color, mark: window.mark,
    align: total && getComputedStyle(total).textAlign,
    overlay: overlay && (overlay.shadowRoot || overlay).textContent
  });
})()`;

const look = async (page) => JSON.parse(await page.evaluate(LOOK));

/** Waits until the page shows what it should. */
async function shows(page, expected) {
  const fits = (shown, [key, value]) =>
    value instanceof RegExp ? value.test(shown[key]) : shown[key] === value;
  let shown;
  const isShown = async () => {
    // There is no page while another one comes.
    shown = await look(page).catch((error) => ({ error: error.message }));
    return Object.entries(expected).every((entry) => fits(shown, entry));
  };
  const wanted = () => Object.entries(expected).filter((entry) => !fits(shown ?? {}, entry));
  await until(() => `the page shows ${wanted()}\nit shows ${JSON.stringify(shown)}`, isShown);
}

async function until(what, isTrue) {
  const begun = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - begun > LIMIT)
      throw new Error(`waited for: ${typeof what === "string" ? what : what()}`);
    await sleep(20);
  }
}

/** What both browsers' pages know, from the addresses that they asked for, in order. */
class Page {
  requests = [];
  errors = [];
  /** Addresses of event streams that were opened, and how often they said something. */
  streams = [];
  messages = 0;

  constructor(url) {
    this.url = url;
  }

  /** How often the page itself was asked for. */
  opened() {
    return this.requests.filter((address) => address === this.url).length;
  }

  /**
   * Waits until the page has requested the status and, by requesting it again, shows that it has
   * the answer.
   */
  async learns() {
    const asked = () =>
      this.requests.slice(from()).filter((address) => address.includes("/bundle-dev/status.json"))
        .length;
    const begun = this.requests.length;
    const from = () => Math.max(begun, this.requests.lastIndexOf(this.url));
    await until("the page asks for the status, twice", async () => {
      await this.evaluate("0").catch(() => {});
      return asked() >= 2;
    });
  }

  /** Whatever a page must not do. */
  complaints() {
    const { origin } = new URL(this.url);
    const { socket } = status();
    // One attempt to connect is allowed, and what the browser prints if the page's policy is
    // against it.
    const isAttempt = (text) => mayConnect(this.url, socket) && text.includes(address(socket));
    const attempts = this.errors.filter(isAttempt);
    const elsewhere = this.requests.filter(
      (address) =>
        address !== "about:blank" && !address.startsWith(`${origin}/`) && !isAttempt(address),
    );
    const all = [
      ...this.errors.filter((text) => !isAttempt(text)),
      ...attempts.slice(1),
      ...elsewhere.map((address) => `the page asked for ${address.slice(0, 200)}`),
    ];
    return [...new Set(all)].slice(0, 20);
  }
}

/** Spoken to by the DevTools protocol. */
class Chromium extends Page {
  static async start(url) {
    const page = new Chromium(url);
    // A name for a server on this machine, as a hosts file gives it, and a certificate from an
    // unknown authority.
    const named = [
      `--host-resolver-rules=MAP ${new URL(url).hostname} 127.0.0.1`,
      "--ignore-certificate-errors",
    ];
    page.browser = new DevTools({
      hear: (message) => page.hear(message),
      fail,
      flags: isLoopback(url) ? [] : named,
    });
    await page.browser.open(["Runtime", "Log", "Page", "Network"]);
    return page;
  }

  hear({ method, params }) {
    if (
      method === "Network.responseReceived" &&
      params.type === "EventSource" &&
      params.response.status === 200
    )
      this.streams.push(params.response.url);
    if (method === "Network.eventSourceMessageReceived") this.messages += 1;
    if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      this.errors.push(exception?.description ?? text);
    }
    if (method === "Runtime.consoleAPICalled")
      this.errors.push(`console: ${params.args.map(({ value }) => value).join(" ")}`);
    // Violations of the policy are among these.
    const isMistake =
      method === "Log.entryAdded" && ["warning", "error"].includes(params.entry.level);
    if (isMistake && !params.entry.url?.endsWith("/favicon.ico")) {
      this.errors.push(`${params.entry.source}: ${params.entry.text} ${params.entry.url ?? ""}`);
    }
  }

  evaluate(expression) {
    return this.browser.evaluate(expression);
  }

  open(url) {
    return this.browser.call("Page.navigate", { url });
  }

  async type(selector, text) {
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);
    await this.browser.call("Input.insertText", { text });
  }

  end() {
    return this.browser.end();
  }
}

/** PhantomJS asks for what it is to do (updates_phantom.js), and answers in the next request. */
class Phantom extends Page {
  static async start(program) {
    const page = new Phantom();
    page.server = createServer((request, response) => page.serve(request, response));
    await new Promise((resolve) => page.server.listen(0, "127.0.0.1", resolve));
    page.url = `http://127.0.0.1:${page.server.address().port}/`;
    const script = fileURLToPath(new URL("updates_phantom.js", import.meta.url));
    const stdio = ["ignore", "inherit", "inherit"];
    page.process = spawn(program, ["--web-security=no", script, page.url], { env, stdio });
    page.process.on("error", fail);
    return page;
  }

  serve(request, response) {
    const path = request.url.split("?")[0];
    const types = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
    if (request.method === "POST") return this.hear(request, response);
    const answer = (error, text) => {
      response.writeHead(error ? 404 : 200, {
        "Content-Type": types[extname(path)] ?? "text/html; charset=utf-8",
      });
      response.end(text);
    };
    // As a server with PHP answers, but for the headers that the view sends.
    if (path === "/") return execFile("php", [join(project, "index.php")], answer);
    try {
      answer(undefined, readFileSync(join(project, path)));
    } catch (error) {
      answer(error);
    }
  }

  async hear(request, response) {
    let text = "";
    for await (const piece of request) text += piece;
    const { requests, errors, answer } = JSON.parse(text);
    this.requests.push(...requests);
    this.errors.push(...errors);
    if (answer) this.answered(answer);
    this.response = response;
    this.ask();
  }

  ask() {
    if (!this.response || !this.asked) return;
    this.response.end(JSON.stringify(this.asked));
    this.response = this.asked = undefined;
  }

  call(asked) {
    return new Promise((resolve, reject) => {
      this.asked = asked;
      this.answered = ({ value, error }) => (error ? reject(new Error(error)) : resolve(value));
      this.ask();
    });
  }

  evaluate(expression) {
    return this.call({ evaluate: expression });
  }

  open(url) {
    return this.call({ open: url });
  }

  type(selector, text) {
    return this.evaluate(`(function (field) {
      var event = document.createEvent("Event");
      field.value = ${JSON.stringify(text)};
      event.initEvent("input", true, false);
      field.dispatchEvent(event);
    })(document.querySelector(${JSON.stringify(selector)}))`);
  }

  async end() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
    this.server.closeAllConnections();
    this.server.close();
  }
}

function fail(error) {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
}

const page = await (engine === "chromium" ? Chromium : Phantom).start(where);
let failure;
const stories = {
  told: (page) => socketStory(page, true),
  untold: (page) => socketStory(page, false),
  random: randomModules,
};
await (stories[which] ?? story)(page).catch((error) => (failure = error));
const complaints = page.complaints();
process.stdout.write(`${notes.join(", ")}\n`);
for (const each of [...(failure ? [failure.stack] : []), ...complaints]) {
  process.stderr.write(`${each}\n`);
  process.exitCode = 1;
}
await page.end();
