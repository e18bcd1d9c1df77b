// Runs terser's cases that state what they print: each input is built by the real binary, minified
// for esnext and for es5, and its output prints what the case says. Started by `cargo xtask
// conformance terser DIR`; DIR is a checkout of github.com/terser/terser, read in place and never
// part of this repository.
//
// node terser.mjs DIR BINARY [--count N] [--seed N] [--show CASE] [--bless]
//
// The options of a case are terser's and mean nothing here; what is said of its output is that it
// prints what the input prints. A case is left out if the input itself does not print in this Node,
// in the function around a CommonJS module, what the case says. What we fail is listed in
// terser.json with reasons: a failure that is not listed, and a listed one that passes, both end
// with exit code 1. --show prints everything about the cases whose names contain a text; --bless
// rewrites the list.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Runners, beyondEs5, bundle, chosen, inParallel, options, report } from "./suite.mjs";
import { minified } from "./swc.mjs";

const TARGETS = ["esnext", "es5"];

const [given, binary, ...rest] = process.argv.slice(2);
const directory = resolve(given);
const wanted = options(rest);
const { parse } = await import(pathToFileURL(join(directory, "lib/parse.js")));
const work = mkdtempSync(join(tmpdir(), "bundle-terser-"));
const skipped = new Map();
const runners = new Runners(join(import.meta.dirname, "terser-run.mjs"), [directory]);

const cases = await runnable(chosen(listed(), wanted));
const lanes = Object.fromEntries(
  TARGETS.map((target) => [`${target} minified`, { ours: new Map(), swc: new Map() }]),
);
await inParallel(cases, async (test) => {
  for (const target of TARGETS) {
    const { ours, swc } = lanes[`${target} minified`];
    const args = ["--target", target, "--format", "iife", "--minify"];
    await note(ours, test, target, await bundle(binary, layOut(test, target), args));
    await note(swc, test, target, bySwc(test, target));
  }
});
runners.end();
if (!wanted.show) rmSync(work, { recursive: true, force: true });
report({ file: new URL("terser.json", import.meta.url), cases, lanes, skipped }, wanted);
if (wanted.show) console.log(`what was built is in ${work}`);

async function note(failures, test, target, { text, failure }) {
  const refused = failure ?? (target === "es5" ? beyondEs5(text) : null);
  const words = refused ?? difference(test, await printed(text, test));
  if (words) failures.set(test.name, words);
}

function bySwc(test, target) {
  try {
    return { text: around(minified(test.input, target)) };
  } catch (error) {
    return { failure: `refused: ${error}` };
  }
}

/** Every case of test/compress with `expect_stdout`. */
function listed() {
  const folder = join(directory, "test/compress");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort();
  return files.flatMap((file) =>
    casesOf(readFileSync(join(folder, file), "utf8"), basename(file, ".js")),
  );
}

/** A file is labels at its top, one for each case, with labels and assignments within. */
function casesOf(text, file) {
  const isLabel = (node) => node.TYPE === "LabeledStatement";
  return parse(text)
    .body.filter(isLabel)
    .flatMap((node) => {
      const within = Object.fromEntries(
        node.body.body.filter(isLabel).map((each) => [each.label.name, each.body]),
      );
      if (!within.expect_stdout || !within.input) return [];
      const before = within.prepend_code ? stringOf(within.prepend_code.body) : "";
      return [
        {
          name: `${file}/${node.label.name}`,
          input: inputOf(within.input, text),
          before,
          states: statementOf(within.expect_stdout.body),
        },
      ];
    });
}

/** A block, or one template string. */
function inputOf(node, text) {
  const template = node.body?.segments?.[0];
  return template ? template.value : text.slice(node.start.pos + 1, node.end.pos);
}

function stringOf(node) {
  return node.TYPE === "Array" ? node.elements.map(({ value }) => value).join("\n") : node.value;
}

/** `true`: what the input prints; a text; or an error by its name. */
function statementOf(node) {
  if (node.TYPE === "True") return {};
  return node.TYPE === "Call" ? { error: node.expression.name } : { stdout: `${stringOf(node)}\n` };
}

/** Those whose input prints what they state. */
async function runnable(all) {
  const kept = [];
  await inParallel([...all.entries()], async ([number, test]) => {
    const seen = await printed(around(test.input), test);
    const isStated = test.states.error || test.states.stdout !== undefined;
    const expected = isStated ? test.states : seen;
    const words = seen.failure ?? difference({ expected }, seen);
    if (words)
      return skip(
        test,
        "the input itself does not print in this Node, within a module, what the case states",
        words,
      );
    if (expected.error === "SyntaxError")
      return skip(test, "the input is no CommonJS module: its syntax is refused", seen.words);
    kept.push({ ...test, number, expected });
  });
  return kept.sort((a, b) => a.number - b.number);
}

/** As a CommonJS module is run. */
function around(text) {
  const args = "{}, {}, function () {}, { exports: {} }";
  return `(function (exports, require, module) {\n${text}\n}).call(${args});`;
}

function skip({ name }, rule, words) {
  skipped.set(rule, (skipped.get(rule) ?? 0) + 1);
  if (wanted.show) console.log(`skipped: ${name}\n    ${rule}: ${words}`);
}

function printed(text, { before }) {
  return runners.ask({ text, before });
}

/**
 * Nothing where both print the same, or throw errors of one name. Ids of printed functions follow
 * from their order.
 */
function difference({ expected }, { stdout, error, words, failure }) {
  if (failure) return failure;
  if (expected.error)
    return error === expected.error
      ? null
      : `expected ${expected.error}, got ${words ?? JSON.stringify(stdout)}`;
  if (error) return `throws ${words}`;
  const plain = (text) => text.replace(/F[0-9]{6}N/g, "<F<>N>");
  return plain(stdout) === plain(expected.stdout)
    ? null
    : `prints ${JSON.stringify(stdout)} instead of ${JSON.stringify(expected.stdout)}`;
}

function layOut(test, target) {
  const folder = join(work, String(test.number), target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "entry.cjs"), test.input);
  return join(folder, "entry.cjs");
}
