// The worked examples of docs/design whose figures follow from small programs: counts of work in
// cache.md and rebuilds.md, texts in manual-chunks.md, slots-and-renaming.md and source-maps.md.
// Each is done again, and compared with the page. For commands.mjs.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROJECTS } from "./projects.mjs";

/** What differs from the pages. `tools` are those of commands.mjs. */
export async function checkFigures(tools) {
  const complaints = [];
  for (const [page, check] of Object.entries(CHECKS)) {
    const path = `docs/design/${page}.md`;
    const folder = join(tools.scratch, `figures-${page}`);
    const source = readFileSync(join(tools.repository, path), "utf8");
    const text = source.replace(/^ {4}/gm, "");
    const wrong = await check({ ...tools, folder, text }).catch((error) => [error.message]);
    complaints.push(...wrong.map((what) => `${path}: ${what}`));
  }
  return complaints;
}

const CHECKS = {
  cache,
  rebuilds,
  "manual-chunks": manualChunks,
  "chunk-merging": merging,
  "slots-and-renaming": minified,
  "source-maps": sources,
};

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The rows of a page's table of steps, as lists of numbers. */
const steps = (text) =>
  [...text.matchAll(/^\| \d\. .*\|$/gm)].map(([row]) => row.split("|").slice(2, -1).map(Number));

/** Compares counts with the rows of a page. */
function compare(rows, got) {
  const wrong = rows.filter((row, at) => row.join() !== got[at]?.join());
  return rows.length && !wrong.length
    ? []
    : [`the table is\n${got.map((row) => row.join(" | ")).join("\n")}`];
}

/** Builds again and again with a cache: docs/design/cache.md. */
async function cache({ folder, text, run }) {
  const colors = "$text: #234;";
  const hello = `export function hello(name) { document.title = "hello " + name; }`;
  write(folder, {
    ...PROJECTS.cache,
    "node_modules/.keep": "",
  });
  const edits = [
    {},
    {},
    { "src/_colors.scss": "$text: #567;" },
    { "src/hello.js": hello.replace("hello ", "good day, ") },
    { "src/_colors.scss": colors, "src/hello.js": hello },
    { "src/rate.js": "export const rate = 3;" },
    {},
  ];
  const got = [];
  for (const [at, files] of edits.entries()) {
    write(folder, files);
    const flags = at === 6 ? " --target es5" : "";
    const { printed } = await run(`bundle --log-format json${flags}`, folder);
    const counts = countsIn(printed);
    got.push(["loaded", "analysed", "rendered", "restored"].map((key) => counts.at(-1)?.[key]));
  }
  return compare(steps(text), got);
}

const countsIn = (printed) =>
  printed
    .split("\n")
    .filter((line) => line.includes('"counts"'))
    .map((line) => JSON.parse(line).counts);

/** Edits while it watches: docs/design/rebuilds.md. */
async function rebuilds({ folder, text, bin }) {
  write(folder, PROJECTS.rebuilds);
  const edits = [
    { "src/format.js": `export function mark(text) { return "# " + text; }` },
    { "src/tax.js": `export const rate = 0.2; export const label = "tax";` },
    { "src/cart.js": PROJECTS.rebuilds["src/cart.js"] },
    { "src/cart.js": PROJECTS.cartWithLabel },
    { "src/cart.js": `import "./format.js";\n${PROJECTS.cartWithLabel}` },
    {
      "src/more.js": "export const more = 1;",
      "src/tax.js": `export const rate = 0.2; export const label = "tax";
        export * from "./more.js";`,
    },
  ];
  // Files that were written at the time of the first build are read again by the second.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const flags = ["--watch", "--log-format", "json"];
  const child = spawn(join(bin, "bundle"), flags, {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  const got = [];
  try {
    for (const [at, files] of edits.entries()) {
      await until(() => countsIn(whole(printed)).length > at && printed.includes('"watching"'));
      write(folder, files);
      await until(() => countsIn(whole(printed)).length > at + 1);
      const counts = countsIn(whole(printed))[at + 1];
      got.push(["loaded", "analysed", "linked", "rendered"].map((key) => counts[key]));
    }
  } finally {
    child.kill();
  }
  return compare(steps(text), got);
}

/** What is printed up to the last complete line. */
const whole = (printed) => printed.slice(0, printed.lastIndexOf("\n"));

async function until(is) {
  const end = Date.now() + 20_000;
  while (!is()) {
    if (Date.now() > end) throw new Error("the watcher does not go on");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The bundle of a shared area. Its hashes depend on more than the page shows. */
async function manualChunks({ folder, text, run, inOrder }) {
  write(folder, PROJECTS.manual);
  const { printed, code } = await run("bundle", folder);
  if (code) return [printed];
  const [, shown] = /(push\(\["common\.js",[^]*?)\n\n/.exec(text);
  const lines = shown
    .replace(/"[0-9a-f]{8}"/g, '"…"')
    .split("\n")
    .map((line) => line.replace(/^push/, "…push"));
  const written = readFileSync(join(folder, "dist/common.js"), "utf8");
  return inOrder(lines, written).map((line) => `common.js has no line ${line}`);
}

/** From which `minSize` on two small scripts become one. */
async function merging({ folder, text, run }) {
  const [, two, one] = /"minSize": (\d+) \}.*?with (\d+) there is one/s.exec(text);
  const complaints = [];
  for (const [size, count] of [
    [two, 2],
    [one, 1],
  ]) {
    const areas = Object.fromEntries(["one", "two", "three"].map((name) => [name, `${name}.js`]));
    const config = { areas, splitting: { minSize: Number(size) }, target: "esnext", format: "esm" };
    write(folder, { ...PROJECTS.merging, "bundle.config.json": JSON.stringify(config) });
    const { printed } = await run("bundle", folder);
    const scripts = printed.match(/dist\/chunks\/\S+\.js/g) ?? [];
    if (scripts.length !== count) complaints.push(`minSize ${size} makes ${scripts.join(" ")}`);
  }
  return complaints;
}

/** The minified form, whose line breaks were added. */
async function minified({ folder, text, run }) {
  write(folder, PROJECTS.renaming);
  const { printed, code } = await run("bundle src/main.js --out-dir out --target es2017", folder);
  if (code) return [printed];
  const [, shown] = /line breaks added\):\n\n([^]*?)\n\n/.exec(text);
  const written = readFileSync(join(folder, "out/main.js"), "utf8");
  const same = shown.replace(/\n/g, "") === written.replace(/\n/g, "");
  return same ? [] : [`the minified form is\n${written}`];
}

/** Sources and names of a source map. */
async function sources({ folder, text, run }) {
  write(folder, PROJECTS.maps);
  const flags = "--out-dir out --no-minify --sourcemap --target es2017";
  const { printed, code } = await run(`bundle src/main.ts ${flags}`, folder);
  if (code) return [printed];
  const map = JSON.parse(readFileSync(join(folder, "out/main.js.map"), "utf8"));
  return ["sources", "names"].flatMap((key) => {
    const shown = new RegExp(`^"${key}": (\\[.*\\]),$`, "m").exec(text)?.[1];
    const got = JSON.stringify(map[key]);
    return JSON.stringify(JSON.parse(shown)) === got ? [] : [`"${key}" are ${got}`];
  });
}
