// Runs Babel's exec fixtures of the plugins that preset-env contains: each is built by the real
// binary for es5, and its output runs here. Started by `cargo xtask conformance babel DIR`; DIR is
// a checkout of github.com/babel/babel, read in place and never part of this repository.
//
// node babel.mjs DIR BINARY [--count N] [--seed N] [--show CASE] [--bless]
//
// What counts is what ECMAScript says, so a fixture that this Node does not fulfil as it is written
// is left out: it asks for what only Babel does (`loose`, `assumptions`), or for syntax that is
// too new. What we fail is listed in babel.json with reasons: a failure that is not listed, and a
// listed one that passes, both end with exit code 1. --show prints everything about the cases whose
// names contain a text; --bless rewrites the list.

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative } from "node:path";
import {
  Runners,
  acorn,
  beyondEs5,
  bundle,
  chosen,
  inParallel,
  options,
  report,
} from "./suite.mjs";

/** What fixtures say that only Babel's own runner can give them. */
const ABOUT_BABEL = /\btransform(Async)?\(|\bbabelHelpers\b|@babel\/|\bcore-js\b/;

const ARGUMENTS = ["--target=es5", "--format=iife", "--no-minify", "--external", "assert=assert"];

const [directory, binary, ...rest] = process.argv.slice(2);
const wanted = options(rest);
const work = mkdtempSync(join(tmpdir(), "bundle-babel-"));
const skipped = new Map();

const runners = new Runners(join(import.meta.dirname, "babel-run.mjs"));

const cases = await runnable(chosen(listed(), wanted));
const es5 = { ours: new Map(), swc: new Map() };
await inParallel(cases, async (test) => {
  const { text, failure } = await bundle(binary, test.entry, ARGUMENTS);
  const words = failure ?? beyondEs5(text);
  note(es5.ours, test, words ?? (await outcome("classic", { ...test, built: text })));
  note(es5.swc, test, await outcome("swc", test));
});
runners.end();
if (!wanted.show) rmSync(work, { recursive: true, force: true });
report({ file: new URL("babel.json", import.meta.url), cases, lanes: { es5 }, skipped }, wanted);
if (wanted.show) console.log(`what was built is in ${work}`);

function note(failures, test, words) {
  if (words) failures.set(test.name, words);
}

async function outcome(how, test) {
  return (await runners.ask({ how, test })).failure;
}

/**
 * Every exec fixture below the packages that preset-env depends on, its own ones, and the bugfix
 * plugins'.
 */
function listed() {
  const packages = join(directory, "packages");
  const preset = JSON.parse(readFileSync(join(packages, "babel-preset-env/package.json"), "utf8"));
  const plugins = Object.keys(preset.dependencies).filter((name) =>
    name.startsWith("@babel/plugin-"),
  );
  const folders = [
    "babel-preset-env",
    ...plugins.map((name) => name.replace("@babel/", "babel-")),
  ].sort();
  return folders.flatMap((folder) => {
    const fixtures = join(packages, folder, "test/fixtures");
    return existsSync(fixtures)
      ? suites(fixtures).map((path) => ({
          path,
          name: relative(packages, path).replace("/test/fixtures", ""),
        }))
      : [];
  });
}

/** A suite is a folder of tasks; a task is a folder with `exec.js`, or a file of its own. */
function suites(fixtures) {
  const inside = (folder) =>
    readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  return inside(fixtures)
    .filter((suite) => suite.isDirectory())
    .flatMap((suite) =>
      inside(join(fixtures, suite.name)).flatMap((task) => {
        const path = join(fixtures, suite.name, task.name);
        if (task.isFile()) return /^(?!options\.).*\.m?js$/.test(task.name) ? [path] : [];
        return readdirSync(path)
          .filter((name) => /^exec\.m?js$/.test(name))
          .map((name) => join(path, name));
      }),
    );
}

/** Those whose source this Node fulfils, laid out to be built. */
async function runnable(all) {
  const kept = [];
  await inParallel([...all.entries()], async ([number, { path, name }]) => {
    const source = readFileSync(path, "utf8");
    if (ABOUT_BABEL.test(source)) return skip(name, "asks for Babel itself");
    const said = saidOptions(path);
    const test = { name, number, throws: said.throws, ...kindOf(source, path, said) };
    test.entry = layOut(test, path, source, join(work, String(number)));
    const words = test.isUnparsable ? "SyntaxError" : await outcome("original", test);
    if (words) skip(name, ruleOf(test, said), words);
    else kept.push(test);
  });
  return kept.sort((a, b) => a.number - b.number);
}

function skip(name, rule, words = "") {
  skipped.set(rule, (skipped.get(rule) ?? 0) + 1);
  if (wanted.show) console.log(`skipped: ${name}\n    ${rule}: ${words}`);
}

function ruleOf(test, said) {
  if (test.isUnparsable) return "syntax that no edition of ECMAScript in this Node has";
  if (said.assumptions || JSON.stringify(said.plugins ?? []).includes('"loose":true'))
    return "options ask for another behaviour than ECMAScript's (assumptions, loose)";
  return (
    "the source does not hold in this Node: it asks for Babel's own words, or for a newer Node"
  );
}

/** The options of the suite and of the task, the nearer ones over the others. */
function saidOptions(path) {
  const folders = [];
  for (let folder = dirname(path); basename(folder) !== "fixtures"; folder = dirname(folder))
    folders.unshift(folder);
  const read = (folder) =>
    existsSync(join(folder, "options.json"))
      ? JSON.parse(readFileSync(join(folder, "options.json"), "utf8"))
      : {};
  return Object.assign({}, ...folders.map(read));
}

function kindOf(source, path, said) {
  const parses = (settings) => {
    try {
      acorn.parse(source, { ecmaVersion: "latest", allowHashBang: true, ...settings });
      return true;
    } catch {
      return false;
    }
  };
  const isNamedModule = extname(path) === ".mjs" || said.sourceType === "module";
  if (!isNamedModule && parses({ sourceType: "script" })) return { isModule: false };
  if (!isNamedModule && parses({ sourceType: "script", allowReturnOutsideFunction: true }))
    return { isModule: false, returns: true };
  const isModule = parses({ sourceType: "module" });
  return { isModule, isUnparsable: !isModule };
}

/**
 * The task's files in a folder of their own. What returns at its top, as Babel's runner allows,
 * becomes a function whose result is awaited.
 */
function layOut(test, path, source, folder) {
  mkdirSync(folder, { recursive: true });
  const isTask = basename(path).startsWith("exec.") && statSync(dirname(path)).isDirectory();
  if (isTask) cpSync(dirname(path), folder, { recursive: true });
  const entry = join(folder, test.isModule ? "entry.mjs" : "entry.cjs");
  writeFileSync(
    entry,
    test.returns ? `returned((function () {\n${source}\n}).call(this));\n` : source,
  );
  return entry;
}
