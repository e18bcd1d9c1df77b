// Judges programs: each must do in every lane what it does as it is written.

import { LANES, build } from "./builds.mjs";
import { inMujs, inMujsWithoutMistakes } from "./mujs.mjs";
import { alternatives, inNode, originals } from "./outcomes.mjs";

/** Of `programs`, `{ program, lane, expected, got }` for each that behaves differently in a lane. */
export async function judge({ binary, work, lanes = Object.keys(LANES) }, programs) {
  const judged = [];
  for (const program of programs) {
    const allowed = await originals(program);
    if (allowed.length > 0) judged.push({ program, allowed });
  }
  const built = {};
  const differences = [];
  for (const lane of lanes) {
    const { from = lane, engine } = LANES[lane];
    built[from] ??= build(binary, work, judged.map(({ program }) => program), from);
    const some = judged.filter(({ program }) => program.profile.engines.includes(engine));
    const outcomes = await outcomesOf(engine, some.map((one) => built[from][judged.indexOf(one)]), work);
    for (const [at, one] of some.entries()) {
      const { text } = built[from][judged.indexOf(one)];
      const found = { program: one.program, lane, expected: one.allowed[0], got: outcomes[at] };
      if (!isFaultOfEngine(found.got) && (await isDifference(one, found, text && engine === "mujs" ? { text, work } : null)))
        differences.push(found);
    }
  }
  return { differences, count: judged.length };
}

/** `mujs`: the script that ran in mujs, and where it may run again. */
async function isDifference(one, { program, lane, got }, mujs) {
  const fits = (seen, outcomes) =>
    outcomes.some((each) =>
      /mujs/.test(lane) ? isSame(asInMujs(each), asInMujs(seen), false) : isSame(each, seen, hasNames(program, lane)));
  if (fits(got, one.allowed)) return false;
  const better = mujs ? inMujsWithoutMistakes(mujs.text, mujs.work) : got;
  if (better === null || fits(better, one.allowed)) return false;
  if (/\bget\b/.test(program.text) && /\.\.\.[^{}()]*}/.test(program.text) && fits(better, one.allowed.flatMap(readOnce))) return false;
  one.alternatives ??= await alternatives(program);
  return !fits(better, one.alternatives);
}

/**
 * Node 20 may read a property that `...` in an object pattern leaves out: the first run of
 * `({ [a]: b, ...c } = { [d]: e, get x() {} })` calls the getter twice. Returns the outcomes without
 * one line that came before.
 */
function readOnce({ lines, names }) {
  const repeated = lines.flatMap((line, at) => (lines.indexOf(line) < at ? [at] : []));
  return repeated.map((left) => ({ lines: lines.filter((_, at) => at !== left), names }));
}

async function outcomesOf(engine, built, work) {
  const failed = ({ failure }) => ({ lines: [`refused: ${failure}`], names: [] });
  if (engine === "mujs") {
    const texts = built.filter(({ text }) => text !== undefined);
    const outcomes = texts.length > 0 ? inMujs(texts.map(({ text }) => text), work) : [];
    return built.map((one) => (one.text === undefined ? failed(one) : outcomes[texts.indexOf(one)]));
  }
  const outcomes = [];
  for (const one of built) outcomes.push(one.text === undefined ? failed(one) : await inNode(one.text));
  return outcomes;
}

/**
 * V8 refuses `f([a], [] = b)` and `f(...[...a, b], [] = c)`, and mujs `delete` of what is no
 * reference: lowering drops the parentheses that help the one, and minifying finds the constants
 * that the other refuses. The stack of mujs is small, and its overflow an error like any other. Its
 * errors have enumerable members, which `{ ...error }` copies. To mujs, `/` after `++` begins a
 * regular expression.
 */
function isFaultOfEngine({ lines }) {
  const last = /Invalid destructuring assignment target|Rest element must be last|invalid l-value in delete|regular expression|\(regexp\)/.test(lines.at(-1));
  return last || lines.some((line) => /"stack overflow"|\bstackTrace: /.test(line));
}

/**
 * Arrays have no holes in mujs, without symbols a generator is an object like any other, and the last
 * digit of a number may be another one.
 */
function asInMujs({ lines, names }) {
  const changed = (line) => withoutLastDigits(line).replace(/\bhole\b/g, "undefined").replaceAll("[object Generator]", "[object Object]");
  return { lines: lines.map(changed), names };
}

function withoutLastDigits(line) {
  return line.replace(/\d+\.\d{10,}/g, (number) => Number(number).toPrecision(13));
}

/** Minifying changes names, mujs has none, and other compilers have their own. */
function hasNames({ kind }, lane) {
  return !/minified|mujs/.test(lane) && !["standard", "legacy", "using"].includes(kind);
}

function isSame(expected, got, withNames) {
  const same = (a, b) => a.length === b.length && a.every((line, at) => line === b[at]);
  return same(expected.lines, got.lines) && (!withNames || same(expected.names, got.names));
}
