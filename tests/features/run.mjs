// Runs the rows of tests/features/rows, a compatibility table of our own: each is lowered to ES5,
// to ES2015 and for browsers with a part of ES2015 by the real binary, plain and minified, and runs
// in Node, mujs, Duktape and PhantomJS, with no polyfill. A row that needs more globals than ES5 has says so: the metafile
// must name exactly these, and the row runs in Node only.
//
// node run.mjs BINARY PHANTOMJS [--only TEXT] [--lane LANE] [--bless]
//
// All rows are entries of one build, and one script for each engine: hundreds of processes would
// take minutes. known.json lists what fails for now, by lane and reason; what fails without being
// listed, and what is listed and passes, both end with exit code 1. --bless rewrites the list.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inNode, original, without } from "./node.mjs";
import { readRows } from "./rows.mjs";

/** Each lacks other parts of ES2015, and all lack classes' fields. */
const BROWSERS = ["safari 10", "safari 12", "edge 15", "chrome 48", "firefox 52"];

const BUILDS = {
  es5: ["--target=es5", "--no-minify"],
  "es5-minified": ["--target=es5", "--minify"],
  es2015: ["--target=es2015", "--no-minify"],
  ...Object.fromEntries(
    BROWSERS.map((browser) => [browser, [`--target=${browser}`, "--no-minify"]]),
  ),
};

/** Rows of TypeScript have the decorators of its own. */
const CONFIG = { javascript: "{}", typescript: '{ "decorators": "legacy" }' };

const [binary, phantomjs, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : "");
const rows = readRows().filter(({ name }) => name.includes(option("--only")));
const work = mkdtempSync(join(tmpdir(), "bundle-features-"));
const failures = await failuresOf();
rmSync(work, { recursive: true, force: true });
report();

/** Lane → name of a row → what went wrong. */
async function failuresOf() {
  rows.forEach(layOut);
  const builds = Object.fromEntries(
    Object.entries(BUILDS).map(([name, args]) => [name, built(name, args)]),
  );
  const { es5 } = builds;
  const lanes = {
    node: () => each(rows.filter(({ marks }) => !marks.has("typescript")), original),
    es5: () => each(rows, (row) => inNode(es5.text(row))),
    "es5-minified": () => each(rows, (row) => inNode(builds["es5-minified"].text(row))),
    ...Object.fromEntries(
      Object.keys(BUILDS)
        .filter((name) => !name.startsWith("es5"))
        .map((name) => [name, () => each(rows, (row) => inNode(builds[name].text(row)))]),
    ),
    globals: () => each(rows, (row) => globalsOf(row, es5)),
    absent: () => each(rows.filter(isAsync), (row) => without(row, es5.text(row))),
    mujs: () => inEngine("mujs", es5),
    "mujs-minified": () => inEngine("mujs", builds["es5-minified"]),
    duktape: () => inEngine("duk", es5),
    "duktape-minified": () => inEngine("duk", builds["es5-minified"]),
    phantomjs: () => inEngine(resolve(phantomjs), es5),
    "phantomjs-minified": () => inEngine(resolve(phantomjs), builds["es5-minified"]),
  };
  const found = {};
  for (const [lane, run] of Object.entries(lanes))
    if (["", lane].includes(option("--lane"))) found[lane] = await run();
  return found;
}

function layOut(row, at) {
  const extension = row.marks.has("sloppy") ? "cjs" : row.marks.has("typescript") ? "ts" : "mjs";
  row.group = row.marks.has("typescript") ? "typescript" : "javascript";
  row.id = `r${at}`;
  row.path = `${row.id}.${extension}`;
  mkdirSync(join(work, row.group), { recursive: true });
  writeFileSync(join(work, row.group, row.path), row.text);
}

/** One build of all rows of a group; of those that it refuses, the diagnostic is the failure. */
function built(name, args) {
  const refused = new Map();
  for (const group of Object.keys(CONFIG)) {
    let left = rows.filter((row) => row.group === group);
    while (left.length > 0) {
      const stderr = bundle(name, args, left);
      if (stderr === null) break;
      const named = refusals(stderr);
      const fit = left.filter(({ path }) => !named.has(path));
      if (fit.length === left.length) throw new Error(stderr.slice(0, 4000));
      for (const [path, words] of named) refused.set(path, words);
      left = fit;
    }
  }
  const text = ({ id, path }) => {
    if (refused.has(path)) throw new Error(`refused: ${refused.get(path)}`);
    return readFileSync(join(work, name, `${id}.js`), "utf8");
  };
  const metafiles = {};
  const globals = ({ group, id }) => {
    const path = join(work, `${group}-${name}.json`);
    metafiles[group] ??= Object.entries(JSON.parse(readFileSync(path, "utf8")).outputs);
    return metafiles[group].find(([output]) => output.endsWith(`/${id}.js`))[1];
  };
  return { text, globals };
}

function bundle(name, args, left) {
  const { group } = left[0];
  writeFileSync(join(work, group, "bundle.config.json"), CONFIG[group]);
  const all = [
    ...left.map(({ path }) => path), "--no-cache", "--out-dir", `../${name}`, "--format=iife",
    "--sourcemap=none", "--metafile", `../${group}-${name}.json`, ...args,
  ];
  const ended = spawnSync(resolve(binary), all, {
    cwd: join(work, group), encoding: "utf8", maxBuffer: 1 << 28,
  });
  if (ended.status === 0) return null;
  if (ended.status !== 1) throw new Error(`bundle: ${ended.signal}: ${ended.stderr.slice(0, 4000)}`);
  return ended.stderr;
}

/** The rows that diagnostics are about, each with the first. */
function refusals(stderr) {
  const found = new Map();
  for (const [, words, path] of stderr.matchAll(/^(error.*)\n\s*--> ([\w.]+):/gm))
    if (!found.has(path)) found.set(path, words.replaceAll(path, "the row"));
  return found;
}

async function each(some, run) {
  const found = new Map();
  for (const row of some) {
    const words = await Promise.resolve(row).then(run).catch((error) => String(error?.message ?? error));
    if (words) found.set(row.name, words);
  }
  return found;
}

/** Async functions say what they lack where there is no Promise. */
function isAsync({ needs, text }) {
  return needs.join() === "Promise" && /\basync\b/.test(text);
}

/** What the metafile says that a row needs must be what the row says. */
function globalsOf(row, build) {
  build.text(row);
  const output = build.globals(row);
  const [globals, methods] = ["globals", "methods"].map((list) =>
    Object.entries(output[list] ?? {})
      .filter(([name, places]) => name !== "check" && places.some((place) => !place.optional))
      .map(([name]) => name)
      .sort(),
  );
  const differs = (found, wanted) => found.join() !== [...wanted].sort().join();
  if (differs(globals, row.needs)) return `the metafile names the globals [${globals.join(" ")}]`;
  if (differs(methods, row.methods)) return `the metafile names the methods [${methods.join(" ")}]`;
  return null;
}

/** All rows that need nothing, as texts of one script, which prints a line for each. */
function inEngine(program, build) {
  const found = new Map();
  const texts = [];
  for (const row of rows) {
    if (row.needs.length + row.methods.length > 0) continue;
    try {
      texts.push([row.name, build.text(row)]);
    } catch (error) {
      found.set(row.name, error.message);
    }
  }
  const harness = readFileSync(join(import.meta.dirname, "engine.js"), "utf8");
  const escaped = JSON.stringify(texts).replace(/[\u007f-\uffff]/g, (unit) =>
    "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const script = join(work, "engine.js");
  writeFileSync(script, `var texts = ${escaped};\n${harness}`);
  const env = { ...process.env, OPENSSL_CONF: "/dev/null", QT_QPA_PLATFORM: "" };
  delete env.QT_QPA_PLATFORM;
  let printed;
  try {
    const stdio = ["ignore", "pipe", "pipe"];
    printed = execFileSync(program, [script], { encoding: "utf8", timeout: 60_000, env, stdio });
  } catch (error) {
    printed = String(error.stdout ?? error) + String(error.stderr ?? "");
  }
  const lines = new Map(printed.split("\n").map((line) => line.split("\t")));
  for (const [name] of texts) {
    const words = lines.get(name) ?? `did not run: ${printed.slice(-200)}`;
    if (words !== "ok") found.set(name, words);
  }
  return found;
}

function report() {
  const file = join(import.meta.dirname, "known.json");
  const known = JSON.parse(readFileSync(file, "utf8"));
  const names = new Set(rows.map(({ name }) => name));
  if (names.size !== rows.length) throw new Error("two rows have one name");
  let complaints = 0;
  for (const [lane, failed] of Object.entries(failures)) {
    const listed = new Set(Object.values(known[lane] ?? {}).flat());
    for (const row of rows) {
      const words = failed.get(row.name);
      const isExpected = listed.has(row.name) || reasonNot(row, lane) !== undefined;
      if (Boolean(words) === isExpected) continue;
      if (!words && !listed.has(row.name) && !runs(row, lane)) continue;
      complaints++;
      console.log(
        words
          ? `${lane} fails: ${row.name}\n    ${words.split("\n")[0].slice(0, 300)}`
          : `${lane} passes, but is listed as failing: ${row.name}`,
      );
    }
  }
  if (rest.includes("--bless")) bless(file, known);
  console.log(`${rows.length} rows, ${complaints} surprises`);
  process.exitCode = complaints > 0 ? 1 : 0;
}

/** Rows that need more than ES5 run in Node only. */
function runs(row, lane) {
  const { needs, methods, marks } = row;
  if (lane === "node") return !marks.has("typescript");
  if (lane === "absent") return isAsync(row);
  return lane in BUILDS || lane === "globals" || needs.length + methods.length === 0;
}

function reasonNot({ not }, lane) {
  if (lane === "globals") return undefined;
  if (lane === "absent") return not.get("absent");
  const plain = lane.replace("-minified", "");
  const isEs5 = !["node", "es2015", ...BROWSERS].includes(lane);
  return not.get(lane) ?? not.get(plain) ?? (isEs5 ? not.get("es5") : undefined);
}

/** The list as it should be: reasons stay, what passes goes, what is new has its words for now. */
function bless(file, known) {
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const [lane, failed] of Object.entries(failures)) {
    const byReason = new Map(
      Object.entries(known[lane] ?? {}).map(([reason, names]) => [
        reason, names.filter((name) => failed.has(name) || !byName.has(name)),
      ]),
    );
    const listed = new Set([...byReason.values()].flat());
    for (const [name, words] of failed) {
      if (listed.has(name) || reasonNot(byName.get(name), lane) !== undefined) continue;
      const asInEs5 = BROWSERS.includes(lane) ? byName.get(name).not.get("es5") : undefined;
      const reason = asInEs5 ?? words.split("\n")[0].slice(0, 160);
      byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
    }
    known[lane] = Object.fromEntries([...byReason].filter(([, names]) => names.length > 0).sort());
  }
  writeFileSync(file, JSON.stringify(known, null, 2) + "\n");
}
