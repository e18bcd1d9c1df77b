// node run.mjs REPOSITORY BINARY WASM SCRATCH [FILTER]: the WebAssembly build of bundle_wasm and
// the binary build every fixture from the same files and the same bundle.config.json. The outputs
// must be the same bytes under the same paths. The diagnostics must be the same, including place
// and wording. Prints how many cases were compared and which were left out.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { RULES, LeftOut, configurations, directories, files, layOut, read } from "./cases.mjs";
import { Wasm, fresh, native } from "./hosts.mjs";

/**
 * If fewer cases than this are compared, this driver has a mistake, or a rule leaves out too much.
 */
const AT_LEAST = 1250;
/** The binary runs beside the WebAssembly, on another core. */
const LANES = 2;

const [repository, binary, wasmFolder, scratch, filter = ""] = process.argv.slice(2);
const wasm = new Wasm(wasmFolder);
const counts = { cases: 0, builds: 0, diagnostics: 0, deep: new Set() };
const leftOut = new Map(Object.keys(RULES).map((rule) => [rule, []]));
const failures = [];
const ofCommandLine = codesOfTheCommandLine();

const waiting = directories(join(repository, "fixtures")).filter((path) =>
  nameOf(path).includes(filter),
);
await Promise.all(Array.from({ length: LANES }, (_, lane) => work(join(scratch, String(lane)))));
report();

function nameOf(directory) {
  return `${basename(join(directory, ".."))}::${basename(directory)}`;
}

async function work(folder) {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    fresh(folder);
    try {
      await compareCase(next, join(folder, "project"));
    } catch (error) {
      if (error instanceof LeftOut) leftOut.get(error.rule).push(nameOf(next));
      else failures.push(`${nameOf(next)}: ${error.stack}`);
    }
  }
}

async function compareCase(directory, folder) {
  const fixture = read(directory);
  layOut(fixture, folder);
  const input = files(folder);
  const differences = [];
  for (const { name, text } of configurations(fixture, input)) {
    await wasm.ready();
    const there = native(binary, folder, text, input);
    let here;
    try {
      here = wasm.build(text, input);
    } catch (error) {
      here = error;
    }
    const expected = await there;
    checkBinary(fixture, expected);
    counts.builds += 1;
    const found =
      here instanceof Error ? `it traps: ${here.stack}` : difference(fixture, expected, here);
    if (found !== null) differences.push(`[${name}] ${found}`);
  }
  if (differences.length > 0) throw new Error(differences.join("\n"));
  counts.cases += 1;
  if (fixture.isAboutDiagnostics) counts.diagnostics += 1;
}

/** The binary is what the other drivers test: here it has to show what the case is about. */
function checkBinary(fixture, { diagnostics }) {
  const codes = codesOf(diagnostics);
  if (!fixture.isAboutDiagnostics) {
    if (codes.length > 0 && !fixture.maySay)
      throw new Error(`the binary says ${JSON.stringify(diagnostics)}`);
    return;
  }
  if (codes.some((code) => ofCommandLine.has(code))) throw new LeftOut("command-line");
  if (`${codes}` !== `${fixture.expectedCodes}`) throw new LeftOut("rephrased");
}

function codesOf(diagnostics) {
  return diagnostics.map(({ code }) => code).sort();
}

/** What is other than it has to be; null if nothing is. */
function difference(fixture, expected, here) {
  const deep = here.diagnostics.filter(({ code }) => code === "nested-too-deeply");
  const isAllowed =
    fixture.area === "bad-input" && deep.length > 0 && deep.length === here.diagnostics.length;
  if (isAllowed) {
    // WebAssembly has a small stack: it may stop at a depth that the binary accepts, and at another
    // place.
    const isTooDeepThere = codesOf(expected.diagnostics).includes("nested-too-deeply");
    if (!isTooDeepThere) counts.deep.add(nameOf(fixture.directory));
    return null;
  }
  const [said, saidHere] = [expected.diagnostics, here.diagnostics].map((list) =>
    JSON.stringify(list),
  );
  if (said !== saidHere) return `the binary says ${said}\nand WebAssembly ${saidHere}`;
  return differenceOfTrees(expected.outputs, here.outputs);
}

function differenceOfTrees(expected, outputs) {
  if (expected.size !== outputs.size) {
    return `the binary writes ${[...expected.keys()]}, and WebAssembly ${[...outputs.keys()]}`;
  }
  for (const [path, bytes] of expected) {
    const other = outputs.get(path);
    if (other === undefined)
      return `the binary writes ${path}, and WebAssembly ${[...outputs.keys()]}`;
    if (!bytes.equals(other)) return `${path}: ${firstDifference(`${bytes}`, `${Buffer.from(other)}`)}`;
  }
  return null;
}

function firstDifference(text, other) {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const around = (whole) => JSON.stringify(whole.slice(Math.max(0, at - 40), at + 60));
  return (
    `from character ${at} on the binary writes ${around(text)}, and WebAssembly ${around(other)}`
  );
}

/** The codes that no library says. */
function codesOfTheCommandLine() {
  const codes = (path) => {
    const text = readFileSync(join(repository, path), "utf8");
    return [...text.matchAll(/"([a-z]+[0-9]*(?:-[a-z0-9]+)+)"/g)].map((found) => found[1]);
  };
  const libraries = ["base/src/config", "engine/src", "graph/src", "js/src", "resolve/src"];
  const known = new Set(libraries.flatMap((library) => codes(`crates/${library}/messages.rs`)));
  return new Set(codes("crates/cli/messages.rs").filter((code) => !known.has(code)));
}

function report() {
  for (const failure of failures) console.error(`\n${failure}`);
  const left = [...leftOut].filter(([, names]) => names.length > 0);
  for (const [rule, names] of left)
    console.log(`left out, ${names.length}: ${RULES[rule]}\n    ${names.join(" ")}`);
  if (counts.deep.size > 0)
    console.log(
      `too deep for WebAssembly only, ${counts.deep.size}:\n    ${[...counts.deep].join(" ")}`,
    );
  const { cases, builds, diagnostics } = counts;
  console.log(
    `WebAssembly: ${cases} cases (${diagnostics} about diagnostics) in ${builds} builds ` +
      "are as the binary builds them, " +
      `${failures.length} are not, ` +
      `${left.reduce((sum, [, names]) => sum + names.length, 0)} are left out`,
  );
  const isEnough = filter !== "" || cases >= AT_LEAST;
  if (!isEnough) console.error(`at least ${AT_LEAST} cases have to be compared`);
  process.exitCode = failures.length === 0 && isEnough ? 0 : 1;
}
