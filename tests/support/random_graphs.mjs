// Random programs, split, compared with the same sources run by Node. For every order of a page's
// script tags that is tried, the page must log what Node logs when it imports the entries in the
// order in which they could run.
//
// node random_graphs.mjs BINARY FOLDER FIRST-SEED COUNT
//
// A program has 2 to 5 entries and 4 to 25 modules, or 12 entries and up to 41 modules: ES modules
// that log, count and read each other while they run, also in cycles, re-exports, modules without
// side effects, and CommonJS. `import()`s and uses of objects wait in `actions` until somebody runs
// them. The same program is also built in areas (random_areas.mjs), where a page has what the
// manifest says.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { program } from "./random_program.mjs";
import { inAreas } from "./random_areas.mjs";
import { permutations, random, report } from "./random_numbers.mjs";
import { inNode, onPage } from "./random_worlds.mjs";

const [binary, folder, first, count] = process.argv.slice(2);
/** All orders of up to this many script tags are tried, of more a sample. */
const ALL_ORDERS = 4;
const SAMPLE = 6;

/** What is built of each program, by name. */
const FORMS = {
  iife: ["--format", "iife", "--no-minify"],
  "iife-min": ["--format", "iife", "--minify"],
  registry: ["--format", "iife", "--modules", "registry", "--no-minify"],
  "registry-min": ["--format", "iife", "--modules", "registry", "--minify"],
  esm: ["--format", "esm", "--no-minify"],
  "esm-min": ["--format", "esm", "--minify"],
  cjs: ["--format", "cjs", "--no-minify"],
};

/** What a value that was read too early leaves in the log. */
const READ_EARLY = /undefined|NaN/;

/** Builds a program in one form; gives its outputs as the metafile describes them, by file. */
function build(directory, entries, form) {
  const out = join(directory, form);
  const named = entries.map((entry) => `${entry.replace(/\..*$/, "")}=src/${entry}`);
  const flags = [
    "--splitting", ...FORMS[form], "--out-dir", out, "--target", "esnext", "--no-config",
    "--metafile", `${out}.json`,
  ];
  execFileSync(binary, ["build", ...named, ...flags], { cwd: directory, stdio: "pipe" });
  const { outputs } = JSON.parse(readFileSync(`${out}.json`, "utf8"));
  const files = new Map();
  for (const [path, { imports }] of Object.entries(outputs)) {
    const own = imports.filter(({ external }) => !external);
    const of = (kind) =>
      own.filter((each) => each.kind === kind).map((each) => inside(each.path, form));
    files.set(inside(path, form), of("import-statement"));
  }
  return { out, files };
}

const inside = (path, form) => path.slice(path.indexOf(`${form}/`) + form.length + 1);

/** Everything that a file needs on the page, itself included. */
function needed(file, files, found = new Set()) {
  if (!found.has(file)) {
    found.add(file);
    for (const each of files.get(file)) needed(each, files, found);
  }
  return found;
}

/**
 * The order in which entries run if scripts come in this order: each runs as soon as all that it
 * needs is there.
 */
function entryOrder(order, entryFiles, files) {
  const here = new Set();
  const run = [];
  for (const file of order) {
    here.add(file);
    // An entry that is in the file of a bundle runs after those that waited for the bundle.
    const isReady = (entry) =>
      here.has(entry) &&
      !run.includes(entry) &&
      [...needed(entry, files)].every((each) => here.has(each));
    const arrived = order.filter((each) => entryFiles.includes(each) && isReady(each));
    run.push(
      ...arrived.filter((each) => each !== file),
      ...arrived.filter((each) => each === file),
    );
  }
  return run;
}

/** What the sources log in Node if it imports the entries in this order. */
const reference = (directory, entries) => inNode(join(directory, "src"), entries);

/** What output logs in Node. */
function outputInNode(out, order, format) {
  const type = format === "esm" ? "module" : "commonjs";
  const asPackage = (copy) => writeFileSync(join(copy, "package.json"), JSON.stringify({ type }));
  return inNode(out, order, asPackage);
}

async function check(seed) {
  const directory = join(folder, `seed-${seed}`);
  const pick = random(seed);
  const { files: sources, free, entries } = program(pick);
  mkdirSync(directory, { recursive: true });
  if (free.length > 0) {
    const sideEffects = Object.keys(sources).filter((name) => !free.includes(name));
    writeFileSync(
      join(directory, "package.json"),
      JSON.stringify({ sideEffects: [...sideEffects, "*.css"] }),
    );
  }
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(directory, "src", name)), { recursive: true });
    writeFileSync(join(directory, "src", name), text);
  }
  const known = new Map();
  const expected = async (order) => {
    const key = order.join();
    if (!known.has(key)) known.set(key, await reference(directory, order));
    return known.get(key);
  };
  const source = (file, names = new Map()) =>
    entries.find((entry) => entry.replace(/\..*$/, ".js") === (names.get(file) ?? file));
  const problems = [];
  const compare = (how, actual, wanted) => {
    // Minifying assumes that nobody reads a variable before it has its only value (docs/config.md).
    if (how.includes("-min") && READ_EARLY.test(wanted)) return;
    if (actual !== wanted) problems.push(`${how}\n--- Node\n${wanted}\n--- the output\n${actual}`);
  };
  const run = async ({ form, format, out, files, names, entrypoints, sheets = [] }) => {
    for (const { entry, has, wanted } of sheets)
      compare(`${form}: the sheets of ${entry}`, has, wanted);
    const sourceOf = (file) => source(file, names);
    const entryFiles = [...files.keys()].filter(sourceOf);
    if (entryFiles.length !== entries.length)
      throw new Error(`${files.size} files, but not every entry's`);
    if (format !== "iife") {
      compare(
        form,
        await outputInNode(out, entryFiles, format),
        await expected(entryFiles.map(sourceOf)),
      );
      return;
    }
    const pages = [[...new Set(entryFiles.flatMap((entry) => [...needed(entry, files)]))]];
    if (entrypoints)
      pages.push(
        ...Object.values(entrypoints).map(({ js }) => js.map((file) => file.split("?")[0])),
      );
    for (const page of pages) {
      for (const order of permutations(page, ALL_ORDERS, SAMPLE, pick)) {
        const wanted = await expected(entryOrder(order, entryFiles, files).map(sourceOf));
        compare(`${form} ${order.join(" ")}`, await onPage(out, order), wanted);
      }
    }
  };
  for (const form of Object.keys(FORMS))
    await run({ form, format: FORMS[form][1], ...build(directory, entries, form) });
  for (const built of inAreas(binary, directory, { sources, entries, free, pick: random(seed + 7919) }))
    await run(built);
  if (problems.length === 0) rmSync(directory, { recursive: true });
  return problems.map((problem) => `seed ${seed} (${directory}): ${problem}`);
}

await report(check, first, count);
