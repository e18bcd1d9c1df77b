// The generated shop, built by bundle and by Rspack with vue-loader 15: CPU time, memory and sizes.
// All are measured in one run, because only figures of one run can be compared. Before anything
// counts, Chromium opens every page of every output: all must show the same and look the same.
// Started by `cargo xtask bench shop`.
//
// node run.mjs BINARY FOLDER [filter] [--repeat N] [--webpack]
//
// The filter is a part of a tool's name. webpack takes minutes, so it runs once, and only with
// `--webpack`.

import { spawn, spawnSync } from "node:child_process";
import {
  existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { table } from "../table.mjs";
import { AREAS, ROUTES, writeShop } from "./generate.mjs";

const HERE = import.meta.dirname;
const MIB = 1024 * 1024;

/** Each metric's goal: ours divided by each of Rspack's two. */
const GOALS = [
  { what: "CPU time", of: "cpu", limit: 0.35 },
  { what: "wall time", of: "wall", limit: 0.35 },
  { what: "peak memory", of: "memory", limit: 1 },
  { what: "gzipped, all pages", of: "visited", limit: 1 },
  { what: "gzipped, all files", of: "gzip", limit: 1 },
];

/**
 * The folder of our cache for the next build, and the most that this build may cost: its CPU time
 * divided by that of a first build.
 */
const CACHE = join(HERE, "../node_modules/.cache/bundle");
const EDITS = [
  { what: "unchanged", limit: 0.3 },
  {
    what: "a script edited",
    limit: 0.35,
    file: "src/shared/http.js",
    edit: (text) => `${text}\nwindow.edited = true;\n`,
  },
  {
    what: "a component edited",
    limit: 0.35,
    file: "src/areas/catalog/pages/CatalogPage0.vue",
    edit: (text) => text.replace("<script>", "<script>\nwindow.edited = true;\n"),
  },
];

const [binary, folder, ...rest] = process.argv.slice(2);
const repeat = Number(rest.includes("--repeat") ? rest[rest.indexOf("--repeat") + 1] : 3);
const filter = rest.find((word, at) => !word.startsWith("--") && rest[at - 1] !== "--repeat") ?? "";
if (!(repeat >= 1)) throw new Error("--repeat takes a number from 1");

const shop = join(folder, "shop");
const peer = (tool) => (out) => [
  process.execPath,
  join(HERE, "build.mjs"),
  tool,
  shop,
  out,
  ...AREAS,
];
const TOOLS = [
  { name: "bundle", command: ours, pages: ourPages, cache: CACHE },
  { name: "rspack", command: peer("rspack"), pages: theirPages },
  { name: "rspack-css", command: peer("rspack-css"), pages: theirPages },
  { name: "webpack", command: peer("webpack"), pages: theirPages, once: true },
].filter(({ name, once }) => name.includes(filter) && (!once || rest.includes("--webpack")));

write();
const costs = measure();
const results = [];
for (const tool of TOOLS)
  results.push({ tool: tool.name, ...costs.get(tool), ...sizes(tool), shown: await open(tool) });
const later = TOOLS[0].cache ? again(TOOLS[0]) : [];
process.stdout.write(`${markdown()}\n`);
if (results.some(({ shown }) => shown !== results[0].shown || !isWhole(shown)))
  process.exitCode = 1;

function write() {
  rmSync(shop, { recursive: true, force: true });
  writeShop(shop);
  symlinkSync(join(HERE, "../node_modules"), join(shop, "node_modules"));
}

function ours(out) {
  const config = {
    name: "shop",
    root: "src",
    areas: Object.fromEntries(AREAS.map((area) => [area, `areas/${area}/index.js`])),
    alias: { "@": ".", vue$: "../node_modules/vue/dist/vue.runtime.esm.js" },
    publicPath: "/",
    // As Rspack's minimizer writes text.
    charset: "utf8",
    splitting: true,
    minify: true,
    sourcemap: "file",
    manifest: "entrypoints",
  };
  writeFileSync(join(shop, "bundle.config.json"), JSON.stringify(config, null, 2));
  return [binary, "--out-dir", out];
}

function ourPages(out) {
  const { entrypoints } = JSON.parse(readFileSync(join(out, "entrypoints.json"), "utf8"));
  const files = (addresses) => addresses.map((address) => address.slice(1));
  return AREAS.map((area) => ({
    area,
    js: files(entrypoints[area].js),
    css: files(entrypoints[area].css),
  }));
}

function theirPages(out) {
  const pages = JSON.parse(readFileSync(join(out, "pages.json"), "utf8"));
  return AREAS.map((area) => ({ area, ...pages[area] }));
}

function placeOf(tool) {
  return join(shop, "out", tool.name);
}

/** Tools take turns, and the least of each figure counts. */
function measure() {
  const costs = new Map();
  for (let turn = 0; turn < repeat; turn++) {
    for (const tool of TOOLS.filter(({ once }) => turn === 0 || !once)) {
      const cost = build(tool);
      process.stderr.write(`${tool.name} ${cost.cpu.toFixed(2)} s\n`);
      const least = costs.get(tool) ?? cost;
      costs.set(
        tool,
        Object.fromEntries(Object.keys(cost).map((of) => [of, Math.min(cost[of], least[of])])),
      );
    }
  }
  return costs;
}

/** Builds that find what the one before kept, as often, after each of the edits. */
function again(tool) {
  const costs = new Map(EDITS.map((edit) => [edit, []]));
  for (let turn = 0; turn < repeat; turn++) {
    for (const edit of EDITS) {
      const path = edit.file && join(shop, edit.file);
      const before = path && readFileSync(path, "utf8");
      build(tool);
      if (path) writeFileSync(path, edit.edit(before));
      costs.get(edit).push(build(tool, true));
      if (path) writeFileSync(path, before);
    }
  }
  const least = (all, of) => Math.min(...all.map((cost) => cost[of]));
  return EDITS.map((edit) => ({
    ...edit,
    ...Object.fromEntries(["cpu", "wall", "memory"].map((of) => [of, least(costs.get(edit), of)])),
  }));
}

/** One build into an empty folder. */
function build(tool, isLater = false) {
  const out = placeOf(tool);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  if (tool.cache && !isLater) rmSync(tool.cache, { recursive: true, force: true });
  const report = join(folder, "costs.json");
  const { status, stderr } = spawnSync(
    "python3",
    [join(HERE, "../measure.py"), report, ...tool.command(out)],
    { cwd: shop, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${tool.name}: ${stderr}`);
  return JSON.parse(readFileSync(report, "utf8"));
}

/** Bytes of all scripts and sheets, and of what each page includes of them. */
function sizes(tool) {
  const out = placeOf(tool);
  const all = readdirSync(out, { recursive: true }).filter((file) =>
    [".js", ".css"].includes(extname(file)),
  );
  const size = new Map(all.map((file) => [file, sizeOf(join(out, file))]));
  const sum = (files, of) => files.reduce((total, file) => total + size.get(file)[of], 0);
  const pages = tool
    .pages(out)
    .map(({ area, js, css }) => ({
      area,
      requests: js.length + css.length,
      bytes: sum([...js, ...css], "bytes"),
      gzip: sum([...js, ...css], "gzip"),
    }));
  const over = (of) => pages.reduce((total, page) => total + page[of], 0);
  return {
    files: all.length,
    bytes: sum(all, "bytes"),
    gzip: sum(all, "gzip"),
    pages,
    requests: over("requests"),
    visited: over("gzip"),
  };
}

function sizeOf(file) {
  const text = readFileSync(file, "utf8").replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*\n?$/, "");
  return { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
}

/** All pages of an output as frames of one, in Chromium: what they show, or what went wrong. */
async function open(tool) {
  const out = placeOf(tool);
  for (const page of tool.pages(out)) writeFileSync(join(out, `${page.area}.html`), html(page));
  writeFileSync(join(out, "all.html"), frames());
  const server = createServer((request, response) => {
    const file = join(out, decodeURIComponent(new URL(request.url, "http://shop").pathname));
    const types = {
      ".html": "text/html; charset=utf-8",
      ".js": "text/javascript",
      ".css": "text/css",
    };
    if (!existsSync(file)) return response.writeHead(404).end();
    response
      .writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const limit = 120_000;
  const chromium = spawn(
    process.execPath,
    [
      join(HERE, "../../../tests/support/chromium.mjs"),
      `http://127.0.0.1:${server.address().port}/all.html`,
      String(limit),
    ],
    { env: { ...process.env, TZ: "UTC" } },
  );
  let answer = "";
  for await (const text of chromium.stdout) answer += text;
  server.close();
  const { errors, body } = JSON.parse(answer);
  const shown = errors.length > 0 ? errors.join("\n") : body.match(/<pre>([^]*)<\/pre>/)[1];
  writeFileSync(join(out, "shown.txt"), shown);
  return shown;
}

/** Every area has shown all its routes. */
function isWhole(shown) {
  return shown.split(" elements look like ").length === 1 + ROUTES * AREAS.length;
}

function html({ area, js, css }) {
  const links = css.map((file) => `<link rel="stylesheet" href="/${file}">`).join("\n");
  const scripts = js.map((file) => `<script src="/${file}"></script>`).join("\n");
  return `<!doctype html><html><head><meta charset="utf-8">${links}</head><body><div id="app"></div>
<script>function shown(text) { parent.shown("${area}", text); }</script>${scripts}</body></html>\n`;
}

function frames() {
  return `<!doctype html><body><script>
var done = { pending: ${AREAS.length} }, texts = {};
function shown(area, text) {
  texts[area] = area + "\\n" + text;
  if (--done.pending) return;
  document.body.innerHTML = "<pre></pre>";
  document.querySelector("pre").textContent = ${JSON.stringify(AREAS)}.map(function (area) { return texts[area]; }).join("\\n\\n");
}
</script>${AREAS.map((area) => `<iframe src="/${area}.html" width="1000" height="800"></iframe>`).join("\n")}</body>\n`;
}

function markdown() {
  const [first] = results;
  const ratio = (result, of) => (result === first ? "" : (first[of] / result[of]).toFixed(3));
  const each = (sum) => (sum / AREAS.length).toFixed(1);
  const head = [
    "tool", "CPU s", "wall s", "peak MiB", "files", "bytes", "gzip", "requests a page",
    "gzip a page", "CPU ×", "wall ×", "memory ×", "page gzip ×", "pages",
  ];
  const rows = results.map((result) => [
    result.tool,
    result.cpu.toFixed(2),
    result.wall.toFixed(2),
    (result.memory / MIB).toFixed(0),
    result.files,
    result.bytes,
    result.gzip,
    each(result.requests),
    each(result.visited),
    ...["cpu", "wall", "memory", "visited"].map((of) => ratio(result, of)),
    isWhole(result.shown) && result.shown === first.shown
      ? "the same"
      : `**no**: ${placeOf({ name: result.tool })}/shown.txt`,
  ]);
  const pages = AREAS.map((area, at) => [
    area,
    ...results.map(
      (result) =>
        `${result.pages[at].requests}: ${result.pages[at].bytes} / ${result.pages[at].gzip}`,
    ),
  ]);
  const goals = results
    .filter(({ tool }) => first.tool === "bundle" && tool.startsWith("rspack"))
    .flatMap((theirs) =>
      GOALS.map(({ what, of, limit }) => [
        `${what} / ${theirs.tool}`,
        ratio(theirs, of),
        limit,
        first[of] / theirs[of] <= limit ? "met" : "**not met**",
      ]),
    );
  const again = later.map(({ what, cpu, wall, memory, limit }) => [
    what,
    cpu.toFixed(2),
    wall.toFixed(2),
    (memory / MIB).toFixed(0),
    (cpu / first.cpu).toFixed(3),
    (wall / first.wall).toFixed(3),
    limit,
    cpu / first.cpu <= limit ? "met" : "**not met**",
  ]);
  return [
    `The shop, ${AREAS.length} areas, minified ES5 with maps; the least of ${repeat}. Ratios are bundle / peer. Sizes are of scripts and sheets.`,
    table(head, rows),
    table(["page: requests: bytes / gzip", ...results.map(({ tool }) => tool)], pages),
    table(["goal", "is", "limit", ""], goals),
    ...(again.length > 0
      ? [
          table(
            [
              "second build by bundle", "CPU s", "wall s", "peak MiB", "CPU × first",
              "wall × first", "limit", "",
            ],
            again,
          ),
        ]
      : []),
  ].join("\n\n");
}
