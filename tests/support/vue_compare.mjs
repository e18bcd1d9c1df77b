// Components compiled by the binary and by the official compiler, and what differs.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { difference } from "./vue_behaviour.mjs";
import { official } from "./vue_official.mjs";

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

/** What the binary says of files, in order: a line of JSON each, and null where it gave none. */
export function inspected(binary, files, directory) {
  const answers = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    answers.push(...(answersOf(binary, batch, directory) ?? batch.map((file) => answersOf(binary, [file], directory)?.[0] ?? null)));
  }
  return answers;
}

function answersOf(binary, files, cwd) {
  const ended = spawnSync(binary, ["inspect", "vue", ...files, "--vue", "2", "--json"], { cwd, encoding: "utf8", maxBuffer: 1 << 29, timeout: 120_000 });
  try {
    const lines = ended.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return lines.length === files.length ? lines : null;
  } catch {
    return null;
  }
}

/** Texts of components, written into a folder and compared: a difference or null for each. */
export function compareTexts(binary, texts, directory) {
  mkdirSync(directory, { recursive: true });
  const files = texts.map((text, at) => {
    writeFileSync(join(directory, `case-${at}.vue`), text);
    return `case-${at}.vue`;
  });
  const answers = inspected(binary, files, directory);
  return texts.map((text, at) => differenceOf(files[at], text, answers[at]));
}

/** `answer`: what the binary said of this file. */
export function differenceOf(file, source, answer) {
  const expected = official(file, source);
  if (answer === null) return { kind: "crash", expected: expected.errors[0] ?? "code", actual: "nothing" };
  const [wanted, told] = [expected.errors, answer.errors];
  // The official compiler can write what is no JavaScript for a module: there is nothing to compare with.
  if (expected.template && !isCode(expected.template.code)) return null;
  // What is wrong in ways that no parser sees is told when a component is bundled.
  if (wanted.length > 0 && answer.template && !isCode(answer.template.code)) return null;
  if (wanted.length > 0 && told.length === 0) return { kind: "error-missed", expected: oneLine(wanted[0]), actual: oneLine(answer.warnings?.[0]?.msg ?? "nothing") };
  if (wanted.length === 0 && told.length > 0) return { kind: "error-invented", expected: "code", actual: oneLine(`${told[0].code}: ${told[0].msg}`), at: told[0].start };
  if (wanted.length > 0) return null;
  const blocks = answer.customBlocks.map(({ type }) => type).join();
  if (blocks !== expected.customBlocks.join()) return { kind: "blocks", expected: expected.customBlocks.join(), actual: blocks };
  return templates(expected.template, answer.template);
}

function templates(expected, actual) {
  if (!expected) return null;
  const found = difference(expected.code, actual?.code ?? "", expected);
  return found && { kind: "behaviour", ...found };
}

/** Whether a bundler takes it. V8 alone would let `f() = 1` be. */
function isCode(code) {
  try {
    parse(code, { ecmaVersion: "latest", sourceType: "module" });
    return true;
  } catch {
    return false;
  }
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim().slice(0, 200);
