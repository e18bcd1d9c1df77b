// Runs a seeded sample of test262's language/ as bundled modules, beside Babel's preset-env. The
// binary builds each test for es2015 and for es5, and the output runs here; Babel lowers the same
// files to the same targets. Started by `cargo xtask conformance test262 DIR`; DIR is a checkout of
// github.com/tc39/test262, read in place and never part of this repository.
//
// node test262.mjs DIR BINARY [--count N | --all] [--seed N] [--only PART] [--no-babel]
//                             [--target NAME] [--list FILE] [--groups FILE] [--bless]
//
// A test whose original fails in this Node says nothing about a bundler, and is left out of the
// sample. test262.json lists our failures with reasons, in the words of test262-reasons.mjs. An
// unlisted failure, a listed test that passes and one listed without such a reason all end with exit
// code 1. --bless rewrites the list: tests that pass or are in no sample any more are removed, and
// each failure is listed under the reason that recognises it. --list writes every
// failure with its message to a file, --groups the failures by message, the most frequent first.

import {
  existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { groups } from "./failure-groups.mjs";
import { Runners, inParallel, shuffled } from "./suite.mjs";
import { isReason, reasonOf } from "./test262-reasons.mjs";
import { readTest } from "./test262-header.mjs";

/** At least this share must pass, at each target. */
const LEAST = { es2015: 0.98, es5: 0.97 };

/** What came after ES2025, or is no part of it. */
const NOT_YET = new Set([
  "explicit-resource-management", "import-defer", "source-phase-imports",
  "source-phase-imports-module-source", "decorators", "import-text", "import-bytes", "ShadowRealm",
  "tail-call-optimization", "nonextensible-applies-to-private",
]);

/** No classic script can wait. */
const NOT_IN_SCRIPTS = "top-level-await";

/** Refused as scripts, and right as modules. */
const ABOUT_SCRIPTS = new Set([
  "test/language/expressions/import.meta/syntax/goal-script.js",
  "test/language/global-code/export.js",
  "test/language/global-code/import.js",
]);

const [folder, binary, ...rest] = process.argv.slice(2);
const directory = resolve(folder);
// Without it no test runs as it is written, and only refusals would be left in the sample.
if (!existsSync(join(directory, "harness/assert.js")))
  throw new Error(`${folder} is not a checkout of test262: it has no harness`);
const option = (name, otherwise) =>
  rest.includes(name) ? rest[rest.indexOf(name) + 1] : otherwise;
const count = rest.includes("--all") ? Infinity : Number(option("--count", 3000));
const only = option("--only", "");
const withBabel = !rest.includes("--no-babel");
const targets = Object.keys(LEAST).filter((name) => [name, ""].includes(option("--target", "")));
const work = mkdtempSync(join(tmpdir(), "bundle-test262-"));
// Every test is a module: the package that its files lie in says so.
writeFileSync(join(work, "package.json"), '{ "type": "module" }\n');

const runners = new Runners(join(import.meta.dirname, "test262-run.mjs"));
const names = await chosenNames();
const lanes = await runAll(names);
runners.end();
rmSync(work, { recursive: true, force: true });
report();

/** The first `count` tests of a shuffled list that are for modules and run in this Node. */
async function chosenNames() {
  const all = shuffled(listed(join(directory, "test/language")), Number(option("--seed", 262)));
  const candidates = all.filter((name) => name.includes(only) && isCandidate(name));
  const found = [];
  while (found.length < count && candidates.length > 0) {
    const next = candidates.splice(0, Math.min(count - found.length, 1000));
    const apply = new Set();
    await inParallel(next, async (name) => {
      if ((await runners.ask({ how: "applies", directory, name })) === true) apply.add(name);
    });
    found.push(...next.filter((name) => apply.has(name)));
  }
  return found;
}

function listed(within) {
  const entries = readdirSync(within, { withFileTypes: true, recursive: true });
  const files = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith(".js") && !entry.name.includes("_FIXTURE"),
  );
  return files
    .map((entry) => relative(directory, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function isCandidate(name) {
  const { flags = [], features = [] } = readTest(directory, name).meta;
  const isForModules = !flags.some((flag) =>
    ["noStrict", "raw", "CanBlockIsTrue", "CanBlockIsFalse"].includes(flag),
  );
  return (
    isForModules &&
    !ABOUT_SCRIPTS.has(name) &&
    !features.some((feature) => NOT_YET.has(feature) || feature === NOT_IN_SCRIPTS)
  );
}

/** Of each target, the failures of ours and of Babel: name → words. */
async function runAll(all) {
  const found = Object.fromEntries(
    targets.map((target) => [target, { ours: new Map(), babel: new Map() }]),
  );
  const further = option("--args", "").split(" ").filter(Boolean);
  const asked = { how: "lanes", directory, binary: resolve(binary), targets, withBabel, further };
  await inParallel([...all.entries()], async ([number, name]) => {
    const answer = await runners.ask({ ...asked, name, work: join(work, String(number)) });
    for (const target of targets) {
      const ours = answer.failure ?? answer.ours[target];
      const babel = answer.failure ? null : answer.babel[target];
      if (ours) found[target].ours.set(name, ours);
      if (babel) found[target].babel.set(name, babel);
    }
  });
  return found;
}

function report() {
  const file = new URL("test262.json", import.meta.url);
  const known = JSON.parse(readFileSync(file, "utf8"));
  const sampled = new Set(names);
  const fine = targets.map((target) => reportTarget(target, known[target] ?? {}, sampled));
  if (withBabel) beside();
  if (rest.includes("--list")) writeFileSync(option("--list"), failuresAsJson());
  if (rest.includes("--groups")) writeFileSync(option("--groups"), groups(lanes, names.length));
  if (rest.includes("--bless")) {
    for (const target of targets)
      known[target] = blessed(known[target] ?? {}, sampled, lanes[target].ours);
    writeFileSync(file, JSON.stringify(known, null, 2) + "\n");
  }
  process.exitCode = fine.every(Boolean) ? 0 : 1;
}

/** Prints the surprises of a target, and says whether there are none. */
function reportTarget(target, known, sampled) {
  const expected = new Set(Object.values(known).flat());
  const failed = lanes[target].ours;
  const surprises = [...failed].filter(([name]) => !expected.has(name));
  const passes = [...expected].filter((name) => sampled.has(name) && !failed.has(name));
  for (const [name, failure] of surprises)
    console.log(`${target} fails: ${name}\n    ${failure.split("\n")[0].slice(0, 240)}`);
  for (const name of passes) console.log(`${target} passes, but is listed as failing: ${name}`);
  const unexplained = Object.keys(known).filter((words) => !isReason(words));
  for (const words of unexplained)
    for (const name of known[words]) console.log(`${target} has no reason for ${name}: ${words}`);
  const share = (names.length - failed.size) / names.length;
  console.log(
    `${target}: ${passing(failed)} of ${names.length} pass (${(share * 100).toFixed(2)} %; at ` +
      `least ${LEAST[target] * 100} % must)`,
  );
  const isExpected = [surprises, passes, unexplained].every((all) => all.length === 0);
  return share >= LEAST[target] && isExpected;
}

function passing(failed, all = names) {
  return all.filter((name) => !failed.has(name)).length;
}

/** The same list by Babel; what several files are about is no matter of lowering. */
function beside() {
  const ofOneFile = names.filter((name) => {
    const { features } = readTest(directory, name).meta;
    return !/module-code|\/import|\/export/.test(name) && !features.includes("dynamic-import");
  });
  for (const target of targets) {
    const { ours, babel } = lanes[target];
    for (const [what, all] of [["all tests", names], ["without imports and exports", ofOneFile]])
      console.log(
        `${target}, ${what}: of ${all.length}, ours pass ${passing(ours, all)}, Babel's ` +
          `preset-env ${passing(babel, all)}`,
      );
  }
}

function failuresAsJson() {
  const plain = targets.map((target) => [
    target,
    {
      ours: Object.fromEntries(lanes[target].ours),
      babel: Object.fromEntries(lanes[target].babel),
    },
  ]);
  return JSON.stringify(Object.fromEntries(plain), null, 2) + "\n";
}

/** The list as it should be now. Tests that are not in this sample stay, if they are candidates. */
function blessed(known, sampled, failed) {
  const others = Object.entries(known).flatMap(([reason, all]) =>
    all.filter((name) => !sampled.has(name) && isCandidate(name)).map((name) => [name, reason]),
  );
  const found = [...failed].map(([name, failure]) => [name, reasonOf(name, failure)]);
  const byReason = new Map();
  for (const [name, reason] of [...others, ...found])
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  const sorted = [...byReason].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([reason, all]) => [reason, all.sort()]));
}
