// Runs a seeded sample of test262's language/ as bundled modules. The binary builds each test for
// es2015 and for es5, and the output runs here. Started by `cargo xtask conformance test262 DIR`;
// DIR is a checkout of github.com/tc39/test262, read in place and never part of this repository.
//
// node test262.mjs DIR BINARY [--count N] [--seed N] [--list FILE] [--bless]
//
// A test whose original fails in this Node says nothing about a bundler, and is left out of the
// sample. test262.json lists our failures with reasons. An unlisted failure and a listed test that
// passes both end with exit code 1. --bless rewrites the list: tests that pass are removed, and new
// failures are added under their error message until somebody writes a reason. --list writes every
// failure with its message to a file.

import { execFile } from "node:child_process";
import {
  copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { shuffled } from "./suite.mjs";
import { originalRuns, outcomeOf, readTest } from "./test262-run.mjs";

/** At least this share must pass, at each target. */
const TARGETS = { es2015: 0.96, es5: 0.86 };

/** What came after ES2025, or is no part of it. */
const NOT_YET = new Set([
  "explicit-resource-management", "import-defer", "source-phase-imports",
  "source-phase-imports-module-source", "decorators", "import-text", "import-bytes", "ShadowRealm",
  "tail-call-optimization", "nonextensible-applies-to-private",
]);

/** Refused as scripts, and right as modules. */
const ABOUT_SCRIPTS = new Set(["test/language/expressions/import.meta/syntax/goal-script.js"]);

const [directory, binary, ...rest] = process.argv.slice(2);
const option = (name, otherwise) =>
  rest.includes(name) ? rest[rest.indexOf(name) + 1] : otherwise;
const count = Number(option("--count", 2000));
const work = mkdtempSync(join(tmpdir(), "bundle-test262-"));
// Every test is a module: the package that its files lie in says so.
writeFileSync(join(work, "package.json"), '{ "type": "module" }\n');

const tests = await chooseTests();
const failures = await runAll(tests);
rmSync(work, { recursive: true, force: true });
report(tests, failures);

/** The first `count` tests of a shuffled list that are for modules and run in this Node. */
async function chooseTests() {
  const names = shuffled(listed(join(directory, "test/language")), Number(option("--seed", 262)));
  const chosen = [];
  for (const name of names) {
    if (chosen.length === count) break;
    const test = readTest(directory, name);
    const { flags = [], features = [] } = test.meta;
    const isForModules = !flags.some((flag) =>
      ["noStrict", "raw", "CanBlockIsTrue", "CanBlockIsFalse"].includes(flag),
    );
    if (
      !isForModules ||
      ABOUT_SCRIPTS.has(name) ||
      features.some((feature) => NOT_YET.has(feature))
    )
      continue;
    if (test.meta.negative || (await originalRuns(directory, test))) chosen.push(test);
  }
  return chosen;
}

function listed(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith(".js") && !entry.name.includes("_FIXTURE"),
  );
  return files
    .map((entry) => relative(directory, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

async function runAll(all) {
  const found = Object.fromEntries(Object.keys(TARGETS).map((target) => [target, new Map()]));
  const queue = all.map((test, number) => ({ test, number }));
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const entry = layOut(next.test, join(work, String(next.number)));
      for (const target of Object.keys(TARGETS)) {
        const failure = await build(next.test, entry, target);
        if (failure) found[target].set(next.test.name, failure);
      }
      rmSync(dirname(entry), { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return found;
}

/** Copies the test and the files that it names, and those that they name. */
function layOut(test, folder) {
  const from = join(directory, dirname(test.name));
  const copied = new Set();
  const copy = (name) => {
    const target = resolve(folder, name);
    const source = resolve(from, name);
    if (copied.has(name) || !existsSync(source) || !target.startsWith(work)) return;
    copied.add(name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
    const text = readFileSync(source, "utf8");
    for (const [, specifier] of text.matchAll(/['"](\.\.?\/[^'"]+)['"]/g))
      copy(join(dirname(name), specifier));
  };
  copy(basename(test.name));
  return join(folder, basename(test.name));
}

/** Builds and runs; what went wrong in one line, or nothing. */
async function build(test, entry, target) {
  const out = `${entry}.${target}.out.js`;
  const { code, stderr } = await bundle(entry, out, target);
  const mustBeRefused = test.meta.negative && test.meta.negative.phase !== "runtime";
  if (code !== 0 && code !== 1) return `crash: exit code ${code}: ${stderr.slice(0, 200)}`;
  if (mustBeRefused)
    return code === 1 && stderr.includes("error")
      ? null
      : `accepted, but it is a ${test.meta.negative.type}`;
  if (code === 1) return `refused: ${stderr.split("\n").slice(0, 2).join(" ")}`;
  return outcomeOf(directory, test, readFileSync(out, "utf8"));
}

function bundle(entry, out, target) {
  const args = [
    basename(entry),
    "--no-config",
    "--out-file",
    out,
    "--target",
    target,
    "--format",
    "iife",
    "--no-minify",
  ];
  return new Promise((done) =>
    execFile(
      resolve(binary),
      args,
      { cwd: dirname(entry), timeout: 60_000, maxBuffer: 1 << 26 },
      (error, _, stderr) => done({ code: error ? (error.code ?? error.signal) : 0, stderr }),
    ),
  );
}

function report(all, found) {
  const known = JSON.parse(readFileSync(new URL("test262.json", import.meta.url), "utf8"));
  const sampled = new Set(all.map((test) => test.name));
  let isFine = true;
  for (const [target, least] of Object.entries(TARGETS)) {
    const expected = new Map(
      Object.entries(known[target] ?? {}).flatMap(([reason, names]) =>
        names.map((name) => [name, reason]),
      ),
    );
    const failed = found[target];
    const surprises = [...failed].filter(([name]) => !expected.has(name));
    const passes = [...expected.keys()].filter((name) => sampled.has(name) && !failed.has(name));
    for (const [name, failure] of surprises)
      console.log(`${target} fails: ${name}\n    ${failure.split("\n")[0].slice(0, 240)}`);
    for (const name of passes) console.log(`${target} passes, but is listed as failing: ${name}`);
    const share = (all.length - failed.size) / all.length;
    const percent = (share * 100).toFixed(2);
    console.log(
      `${target}: ${all.length - failed.size} of ${all.length} pass (${percent} %; at least ` +
        `${least * 100} % must)`,
    );
    isFine &&= share >= least && surprises.length === 0 && passes.length === 0;
  }
  if (rest.includes("--list")) {
    const plain = Object.fromEntries(
      Object.entries(found).map(([target, failed]) => [target, Object.fromEntries(failed)]),
    );
    writeFileSync(option("--list"), JSON.stringify(plain, null, 2) + "\n");
  }
  if (rest.includes("--bless")) bless(known, sampled, found);
  const negatives = all
    .filter((test) => test.meta.negative && test.meta.negative.phase !== "runtime")
    .map((test) => test.name);
  const accepted = negatives.filter((name) =>
    Object.values(found).some((failed) => failed.has(name)),
  );
  console.log(
    `${negatives.length - accepted.length} of ${negatives.length} negative syntax tests are ` +
      "refused with a diagnostic",
  );
  process.exitCode = isFine ? 0 : 1;
}

/** The list as it should be now: reasons stay, and tests that are not in this sample. */
function bless(known, sampled, found) {
  for (const target of Object.keys(TARGETS)) {
    const reasons = Object.entries(known[target] ?? {});
    const byReason = new Map(
      reasons.map(([reason, names]) => [
        reason,
        names.filter((name) => !sampled.has(name) || found[target].has(name)),
      ]),
    );
    const listed = new Set([...byReason.values()].flat());
    for (const [name, failure] of found[target]) {
      if (listed.has(name)) continue;
      const words = failure.split("\n")[0].slice(0, 120);
      byReason.set(words, [...(byReason.get(words) ?? []), name]);
    }
    const kept = [...byReason]
      .filter(([, names]) => names.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    known[target] = Object.fromEntries(kept.map(([reason, names]) => [reason, names.sort()]));
  }
  writeFileSync(new URL("test262.json", import.meta.url), JSON.stringify(known, null, 2) + "\n");
}
