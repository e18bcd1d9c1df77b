// Compares how components are compiled with Vue 2.7.16's own compiler, by what the templates do.
// Started by `cargo xtask conformance vue`, and with a sample by the ordinary tests.
//
// node vue.mjs BINARY [--count N] [--seed S] [--show N] [DIR…]
//
// Without folders it makes N random components, from seed S on; with folders it takes their .vue
// files. A difference is printed with the smallest component that shows it.
// ../support/vue_known.mjs lists the known differences with their reasons.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { printed } from "../support/printed_component.mjs";
import { randomTemplate } from "../support/random_templates.mjs";
import {
  KINDS, compareFiles, compareTexts, differenceOf, inspected,
} from "../support/vue_compare.mjs";
import { KNOWN } from "../support/vue_known.mjs";
import { smallest, smallestText } from "../support/vue_shrink.mjs";

/** Components that are made, compiled and compared before the next are made. */
const TOGETHER = 240;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    show: { type: "string", default: "10" },
  },
});
const [program, ...folders] = positionals;
const binary = resolve(program);
// Code of templates that waits for a promise may fail after everything was compared.
process.on("unhandledRejection", () => {});

const work = mkdtempSync(join(tmpdir(), "bundle-vue-"));
const { compared, differing } =
  folders.length > 0 ? ofFolders() : ofSeeds(Number(values.seed), Number(values.count));
const found = differing.filter((each) => !reasonOf(each));
const gone = goneExamples();
for (const each of found.slice(0, Number(values.show)))
  process.stdout.write(`${described(each)}\n\n`);
rmSync(work, { recursive: true, force: true });
report();

function ofSeeds(first, count) {
  const differing = [];
  for (let at = first; at < first + count; at += TOGETHER) {
    const seeds = Array.from(
      { length: Math.min(TOGETHER, first + count - at) },
      (_, index) => at + index,
    );
    const files = seeds.map((seed) => randomTemplate(seed));
    const differences = compareFiles(binary, files, work);
    differences.forEach((difference, index) => {
      if (difference)
        differing.push({ ...difference, name: `seed ${seeds[index]}`, file: files[index] });
    });
  }
  return { compared: count, differing };
}

function ofFolders() {
  const files = folders.flatMap((folder) => componentsIn(resolve(folder)));
  const answers = inspected(binary, files, work);
  const differing = files.flatMap((file, at) => {
    const text = readFileSync(file, "utf8");
    const difference = differenceOf(file, text, answers[at]);
    return difference ? [{ ...difference, name: file, text }] : [];
  });
  return { compared: files.length, differing };
}

function componentsIn(folder) {
  const names = readdirSync(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".vue"))
    .sort()
    .map((name) => join(folder, name));
}

function reasonOf({ file, text = printed(file), ...difference }) {
  return KNOWN.find(({ is }) => is?.(text, difference));
}

/** Known differences whose example does not differ any more. */
function goneExamples() {
  const differences = compareTexts(
    binary,
    KNOWN.map(({ example }) => example),
    work,
  );
  return KNOWN.filter((_, at) => differences[at] === null);
}

/** A difference, with the smallest component that shows one of its kind. */
function described({ kind, name, file, text, ...difference }) {
  const compare = (texts) => compareTexts(binary, texts, join(work, "smaller"), file?.options);
  const kindsOf = (texts) =>
    compare(texts).map((each, at) =>
      each && !reasonOf({ ...each, text: texts[at] }) ? each.kind : null,
    );
  const small = file ? smallest(file, kind, kindsOf) : smallestText(text, kind, kindsOf);
  const { expected, actual } = compare([small])[0] ?? difference;
  const options =
    Object.keys(file?.options ?? {}).length > 0 ? ` ${JSON.stringify(file.options)}` : "";
  return (
    `${name}: ${KINDS[kind]}${options}\n${small.trim()}\n` +
    `  official: ${expected}\n  ours:     ${actual}`
  );
}

function report() {
  for (const { why } of gone) process.stdout.write(`known to differ, and equal: ${why}\n`);
  const counts = Object.keys(KINDS).map((kind) => [
    kind,
    found.filter((each) => each.kind === kind).length,
  ]);
  const kinds = counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `, ${kind}: ${count}`);
  process.stdout.write(
    `${compared - differing.length} of ${compared} components equal${kinds.join("")}\n`,
  );
  for (const known of KNOWN) {
    const count = differing.filter((each) => reasonOf(each) === known).length;
    if (count > 0) process.stdout.write(`${count} as is known: ${known.why}\n`);
  }
  process.exitCode = found.length + gone.length === 0 && compared > 0 ? 0 : 1;
}
