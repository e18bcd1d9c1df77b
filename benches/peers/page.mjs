// From a saved file to the page in Chromium that shows the edit, all on one machine: milliseconds,
// CPU time of the tool, and whether the page was reloaded. Three rows are ours: files served by
// this program, files served by PHP, and a page that polls. Vite, Rspack and webpack use their
// development servers. esbuild has no loader for components of Vue 2, so it is left out.
//
// node page.mjs BINARY FOLDER [filter] [--edits N]
//
// The filter is a part of a tool's name. Started by `cargo xtask bench page`. The page itself takes
// the time (page-probe.js), with the clock that also times the save. CPU time is all that the tool
// uses until it is idle again, even after the page has shown the edit.

import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { DevTools } from "../../tests/support/devtools.mjs";
import { random as randomBy } from "../../tests/support/random_numbers.mjs";
import { AREAS, writeShop } from "./shop/generate.mjs";
import { table } from "./table.mjs";
import { cpuTime, middleAndWorst, options, ours, sleep, start, until } from "./watched.mjs";

const HERE = import.meta.dirname;
const AREA = "events";
/**
 * The least pause between edits, which then lasts until the tool is idle. A random part of the
 * polling interval is added: otherwise every edit would come equally long after a poll.
 */
const [PAUSE, INTERVAL] = [700, 500];
const random = randomBy(PAUSE);
/**
 * What is not shown within this time never will be. A first build, and Vite's first look at
 * packages, may take longer.
 */
const [LIMIT, LIMIT_OF_FIRST] = [30_000, 300_000];

const [binary, folder, ...words] = process.argv.slice(2);
const { number: edits, rest: [filter = ""] } = options(words, "--edits", 9);

const COMPONENT = `src/areas/${AREA}/components/EventsComponent0.vue`;
const MODULE = `src/areas/${AREA}/components/mark.js`;
/**
 * Each edit gives the text with a mark of its own, and what the page then shows. The module comes
 * first: once Vite's plugin for Vue 2 has exchanged a template, it exchanges only templates of that
 * component, and its page shows no edit of the module.
 */
const EDITS = [
  {
    what: "a module that it imports",
    file: MODULE,
    edit: (_, number) => moduleText(number),
    shown: (number) => `module${number}`,
  },
  {
    what: "a component's template",
    file: COMPONENT,
    edit: (text, number) => text.replace(/ title="[^"]*"/, ` title="title${number}"`),
    shown: (number) => `title${number}`,
  },
  {
    what: "an SCSS partial",
    file: "src/styles/_tokens.scss",
    edit: (text, number) => text.replace(/#\w{6}/, `#${String(number).padStart(6, "0")}`),
    shown: (number) => `rgb(0, 0, ${parseInt(number, 16)})`,
  },
];

const ENTRIES = Object.fromEntries(
  AREAS.map((area) => [area, join(folder, "page/src/areas", area, "index.js")]),
);
const TOOLS = [
  { name: "bundle", serve: (out) => files(out), more: {} },
  { name: "bundle, php -S", serve: (out) => php(out), more: {} },
  { name: "bundle, asking", serve: (out) => files(out), more: { watch: { socket: false } } },
  ...["vite", "rspack", "webpack"].map((name) => ({ name, peer: name })),
].filter(({ name }) => name.includes(filter));

const rows = [];
for (const tool of TOOLS) rows.push(...(await measured(tool, join(folder, "page"))));
process.stdout.write(
  `${table(["edit", "tool", "to the page, ms", "worst", "CPU ms", "the page"], rows)}\n`,
);
process.exit();

async function measured(tool, source) {
  write(source);
  const { url, watcher, end } = await (tool.peer ? startPeer : startOurs)(tool, source);
  const seen = new Map();
  const browser = new DevTools({
    hear: (message) => hear(message, seen),
    fail: (error) => {
      throw error;
    },
  });
  await browser.open(["Runtime", "Page"]);
  await browser.call("Runtime.addBinding", { name: "benchShown" });
  await browser.call("Page.addScriptToEvaluateOnNewDocument", {
    source: readFileSync(join(HERE, "page-probe.js"), "utf8"),
  });
  await browser.call("Page.navigate", { url });
  await until(`${tool.name} shows its page`, () => seen.has("title0") && seen.has("module0"), {
    limit: LIMIT_OF_FIRST,
  });
  await rest(watcher);
  const result = [];
  for (const edit of EDITS) {
    const costs = [];
    // The first one warms up: no figure of it is kept.
    for (let number = 1; number <= edits + 1; number++)
      costs.push(await once(edit, { number, source, watcher, browser, seen }));
    costs.shift();
    const [middle, worst] = middleAndWorst(costs.map(({ time }) => time));
    const reloads = costs.filter(({ isNew }) => isNew).length;
    const cpu = costs.reduce((sum, each) => sum + each.cpu, 0) / edits;
    result.push([
      edit.what,
      tool.name,
      middle.toFixed(0),
      worst.toFixed(0),
      cpu.toFixed(0),
      reloads === 0
        ? "updated in place"
        : reloads === edits
          ? "loaded anew"
          : `loaded anew ${reloads} times of ${edits}`,
    ]);
    process.stderr.write(`${result.at(-1).join(" | ")}\n`);
  }
  await browser.end();
  await end();
  return result;
}

/** One edit: until the page shows it, and until the tool is at rest. */
async function once(edit, { number, source, watcher, browser, seen }) {
  const [file, mark] = [join(source, edit.file), edit.shown(number)];
  const text = edit.edit(readFileSync(file, "utf8"), number);
  await browser.evaluate(`window.benchPage = ${number}; undefined`);
  const used = cpuTime(watcher.pid);
  writeFileSync(file, text);
  const saved = statSync(file).ctimeMs;
  await until(
    () => `the page shows ${mark}, ${edit.what}; ${watcher.said.slice(-2000)}`,
    () => seen.has(mark),
    { limit: LIMIT },
  );
  await rest(watcher);
  const isNew = (await browser.evaluate("window.benchPage")) !== number;
  return { time: seen.get(mark) - saved, cpu: cpuTime(watcher.pid) - used, isNew };
}

function hear({ method, params }, seen) {
  if (method !== "Runtime.bindingCalled" || params.name !== "benchShown") return;
  const { mark, at } = JSON.parse(params.payload);
  // A page that is loaded anew shows again what the one before it did.
  if (!seen.has(mark)) seen.set(mark, at);
}

/** Waits until a tool has used hardly any CPU time for a while. */
async function rest({ pid }) {
  await sleep(PAUSE + random(INTERVAL));
  let before = cpuTime(pid);
  await until("the tool is at rest", () => {
    const now = cpuTime(pid);
    const isAtRest = now - before <= 10;
    before = now;
    return isAtRest;
  }, { pause: 400 });
}

/** The shop, whose events have a component with a title and the mark of a module. */
function write(source) {
  rmSync(source, { recursive: true, force: true });
  writeShop(source);
  symlinkSync(join(HERE, "node_modules"), join(source, "node_modules"));
  writeFileSync(join(source, MODULE), moduleText(0));
  const component = join(source, COMPONENT);
  const text = readFileSync(component, "utf8");
  const marked = text
    .replace(/<template>\s*<section/, '$& title="title0" :data-bench="mark"')
    .replace("<script>\n", '<script>\nimport { mark } from "./mark.js";\n')
    .replace("  computed: {\n", "  computed: {\n    mark: () => mark,\n");
  writeFileSync(component, marked);
}

function moduleText(number) {
  return `export const mark = "module${number}";\n`;
}

async function startPeer({ peer }, source) {
  const port = await freePort();
  const command = [
    process.execPath,
    join(HERE, "page-peer.mjs"),
    peer,
    source,
    String(port),
    AREA,
    JSON.stringify(ENTRIES),
  ];
  const watcher = start(peer, command, { cwd: source });
  await until(`${peer} serves`, () => /^WATCHING$/m.test(watcher.said), { limit: LIMIT_OF_FIRST });
  return { url: `http://127.0.0.1:${port}/`, watcher, end: () => watcher.kill() };
}

async function startOurs({ name, serve, more }, source) {
  const out = join(source, "out");
  const command = ours(binary, {
    source,
    out,
    entries: ENTRIES,
    more: { manifest: "entrypoints", ...more },
  });
  const watcher = start(name, command, { cwd: source });
  const manifest = join(out, "entrypoints.json");
  await until(
    `${name} has built`,
    () => existsSync(manifest) && existsSync(join(out, "bundle-dev/status.json")),
    { limit: LIMIT_OF_FIRST },
  );
  const { js, css } = JSON.parse(readFileSync(manifest, "utf8")).entrypoints[AREA];
  const links = css.map((address) => `<link rel="stylesheet" href="${address}">`).join("");
  const scripts = js.map((address) => `<script src="${address}"></script>`).join("\n");
  writeFileSync(
    join(out, "index.html"),
    `<!doctype html><html><head><meta charset="utf-8">${links}</head><body><div id="app"></div>\n` +
      `${scripts}\n</body></html>\n`,
  );
  const server = await serve(out);
  return { url: server.url, watcher, end: () => Promise.all([watcher.kill(), server.end()]) };
}

/** A plain server of files, in this process. */
async function files(out) {
  const types = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://shop").pathname);
    const file = join(out, path === "/" ? "index.html" : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response
      .writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, end };
}

async function php(out) {
  const port = await freePort();
  const server = start("php", ["php", "-S", `127.0.0.1:${port}`, "-t", out], { cwd: out });
  await until("php serves", () => server.said.includes("started"));
  return { url: `http://127.0.0.1:${port}/`, end: () => server.kill() };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
