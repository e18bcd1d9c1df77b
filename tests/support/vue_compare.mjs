// Components compiled by the binary and by the official compiler, and what differs.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { printed } from "./printed_component.mjs";
import { difference, loaded } from "./vue_behaviour.mjs";
import { babel, official } from "./vue_official.mjs";

/** Files of one process. */
const BATCH = 60;

/** A difference is `{ kind, expected, actual }`. */
export const KINDS = {
  crash: "the binary gave no answer",
  "error-missed": "the official compiler says that it is wrong",
  "error-invented": "the official compiler compiles it",
  behaviour: "the templates do different things",
  blocks: "other custom blocks",
};

/** Its template's code is TypeScript, until it is bundled. */
const TYPESCRIPT = /<script[^>]* lang="ts"/;

/** What the binary says of files, in order: a line of JSON each, and null where it gave none. */
export function inspected(binary, files, directory) {
  const answers = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    answers.push(
      ...(answersOf(binary, batch, directory) ??
        batch.map((file) => answersOf(binary, [file], directory)?.[0] ?? null)),
    );
  }
  return answers;
}

function answersOf(binary, files, cwd) {
  const ended = spawnSync(binary, ["inspect", "vue", ...files, "--vue", "2", "--json"], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 29,
    timeout: 120_000,
  });
  try {
    const lines = ended.stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return lines.length === files.length ? lines : null;
  } catch {
    return null;
  }
}

/**
 * Compares generated files, in projects with the options that they need: a difference or null for
 * each.
 */
export function compareFiles(binary, files, directory) {
  const differences = new Array(files.length);
  const groups = new Map();
  files.forEach(({ options }, at) => {
    const key = JSON.stringify(options);
    groups.set(key, [...(groups.get(key) ?? []), at]);
  });
  for (const [options, members] of groups) {
    const found = compareTexts(
      binary,
      members.map((at) => printed(files[at])),
      directory,
      JSON.parse(options),
    );
    members.forEach((at, index) => (differences[at] = found[index]));
  }
  return differences;
}

/**
 * Compares texts of components, which are written into the folder of a project: a difference or
 * null for each.
 */
export function compareTexts(binary, written, directory, options = {}) {
  // A file has no half of a character.
  const texts = written.map((text) => text.toWellFormed());
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "bundle.config.json"), JSON.stringify({ vue: options }));
  const files = texts.map((text, at) => {
    writeFileSync(join(directory, `case-${at}.vue`), text);
    return `case-${at}.vue`;
  });
  const answers = inspected(binary, files, directory);
  return texts.map((text, at) => differenceOf(files[at], text, answers[at], options));
}

/** `answer`: what the binary said of this file. */
export function differenceOf(file, source, answer, options = {}) {
  const expected = official(file, source, options);
  if (answer === null)
    return { kind: "crash", expected: expected.errors[0] ?? "code", actual: "nothing" };
  const [wanted, told] = [expected.errors, answer.errors];
  // The official compiler can write what is no JavaScript for a module: there is nothing to compare
  // with.
  if (expected.template && !isCode(expected.template.code)) return null;
  // What is wrong in ways that no parser sees is told when a component is bundled.
  const isOurs = () => (TYPESCRIPT.test(source) ? isTypeScript : isCode)(answer.template.code);
  if (wanted.length > 0 && answer.template && !isOurs()) return null;
  if (wanted.length > 0 && told.length === 0)
    return {
      kind: "error-missed",
      expected: oneLine(wanted[0]),
      actual: oneLine(answer.warnings?.[0]?.msg ?? "nothing"),
    };
  if (wanted.length === 0 && told.length > 0)
    return {
      kind: "error-invented",
      expected: "code",
      actual: oneLine(`${told[0].code}: ${told[0].msg}`),
      at: told[0].start,
    };
  if (wanted.length > 0) return null;
  const blocks = answer.customBlocks.map(({ type }) => type).join();
  if (blocks !== expected.customBlocks.join())
    return { kind: "blocks", expected: expected.customBlocks.join(), actual: blocks };
  return templates(expected.template, answer.template);
}

function templates(expected, actual) {
  if (!expected) return null;
  const found = difference(expected.code, actual?.code ?? "", expected);
  return found && { kind: "behaviour", ...found };
}

function isTypeScript(code) {
  try {
    babel.parse(code, { sourceType: "module", plugins: ["typescript"] });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a bundler accepts it, and V8 too: V8 alone would accept `f() = 1`, and cannot read
 * `f("x", [] = a)`.
 */
function isCode(code) {
  try {
    parse(code, { ecmaVersion: "latest", sourceType: "module" });
    loaded(code);
    return true;
  } catch {
    return false;
  }
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim().slice(0, 200);
