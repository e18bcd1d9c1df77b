// What programs do in this Node: as they are written, and what was built of them. An outcome is
// `{ lines, names }`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import v8 from "node:v8";
import vm from "node:vm";
import { known } from "./known.mjs";
import { polyfill, symbols } from "./symbols.mjs";

const require = createRequire(new URL("../../../benches/peers/lower/package.json", import.meta.url));
export const HARNESS = readFileSync(new URL("harness.js", import.meta.url), "utf8");

// V8 leaves implicit constructors out of `super(...a)`, and then does not iterate over `a`.
v8.setFlagsFromString("--no-omit-default-ctors");
polyfill();
const { runProgram, PARAMETERS } = vm.runInThisContext(`${HARNESS}\n({ runProgram, PARAMETERS })`);

/** What a program may do, one outcome or more; none where no engine accepts it. */
export async function originals({ kind, text }) {
  return outcomesOf(kind, () => oracles(kind, text));
}

/** What a program may do as well: see `known.mjs`. */
export async function alternatives({ kind, text }) {
  return outcomesOf(kind, () => oracles(kind, text).flatMap(known));
}

async function outcomesOf(kind, texts) {
  try {
    const outcomes = [];
    for (const text of texts())
      outcomes.push(await outcome(wrapped(kind === "sloppy" ? text : `"use strict";${text}`)));
    return outcomes.some(overflows) ? [] : outcomes;
  } catch {
    return [];
  }
}

/** How deep a recursion without end comes depends on the size of its frames. */
function overflows({ lines }) {
  return lines.length >= 400 || lines.some((line) => /\bRangeError\b(?! e\d)|^ends: too many steps/.test(line));
}

/**
 * What Node runs by itself stays; decorators and `using` are compiled by TypeScript or Babel. Both
 * have their bugs with standard decorators: Babel evaluates those of a class after its heritage,
 * and some keys too early; TypeScript leaves static fields on a class that is replaced, and
 * evaluates parameters before the initialisers of fields. So either may be right. For ES2022,
 * TypeScript gives a class with private methods another name too late for its static fields.
 */
function oracles(kind, text) {
  switch (kind) {
    case "legacy":
      return ["ES2022", "ESNext"].map((target) => byTypeScript(text, { target, experimentalDecorators: true }));
    case "standard": {
      const plugin = [require.resolve("@babel/plugin-proposal-decorators"), { version: "2023-11" }];
      return [byTypeScript(text, {}, [onceConverted]), byBabel(text, plugin)];
    }
    case "using": return [byBabel(text, require.resolve("@babel/plugin-transform-explicit-resource-management"))];
    default: return [text];
  }
}

function byBabel(text, plugin) {
  const options = { babelrc: false, configFile: false, compact: false, sourceType: "script", plugins: [plugin], parserOpts: { allowReturnOutsideFunction: true } };
  return require("@babel/core").transformSync(text, options).code;
}

function byTypeScript(text, more, before = []) {
  const compilerOptions = { target: "ES2022", useDefineForClassFields: true, ...more };
  return require("typescript").transpileModule(text, { compilerOptions, transformers: { before } }).outputText;
}

/** TypeScript converts the computed key of an `accessor` twice, so each is converted before. */
function onceConverted(context) {
  const { factory, isComputedPropertyName, visitEachChild } = require("typescript");
  const visit = (node) => {
    const seen = visitEachChild(node, visit, context);
    if (!isComputedPropertyName(seen)) return seen;
    const property = factory.createPropertyAssignment(seen, factory.createNumericLiteral(0));
    const keys = factory.createPropertyAccessExpression(factory.createIdentifier("Reflect"), "ownKeys");
    const list = factory.createCallExpression(keys, undefined, [factory.createObjectLiteralExpression([property])]);
    return factory.createComputedPropertyName(factory.createElementAccessExpression(list, 0));
  };
  return (file) => visitEachChild(file, visit, context);
}

/** What a built script does in this Node. */
export function inNode(text) {
  let script;
  try {
    script = wrapped(text);
  } catch (error) {
    return { lines: [`does not parse: ${error.message}`], names: [] };
  }
  return outcome(script);
}

function wrapped(text) {
  return new vm.Script(`(function (${PARAMETERS}) {${text}\n})`).runInThisContext();
}

const LEAKS = ["a", "b", "c", "m", "x"];
const call = new vm.Script("__fuzz()");

/** One that takes too long may only have waited for other processes: it gets more time. */
async function outcome(run, timeout = 3000) {
  let made;
  globalThis.__fuzz = () => { made = runProgram(run, symbols); };
  try {
    call.runInThisContext({ timeout });
  } catch (error) {
    if (error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT" && timeout < 20_000) return outcome(run, 20_000);
    return { lines: [`ends: ${error.message}`], names: [] };
  }
  for (const [label, start] of made.tasks) await settled(made, label, start);
  // What the program does not wait for.
  await new Promise((done) => setImmediate(done));
  made.end();
  // Sloppy functions have the global object as `this`.
  for (const name of LEAKS) delete globalThis[name];
  return { lines: made.lines, names: made.names };
}

async function settled({ say, show }, label, start) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(reject, 1000, "late")));
  try {
    say(`task ${label} ${show(await Promise.race([start(), late]), 0)}`);
  } catch (error) {
    try {
      say(`task ${label} throws ${show(error, 0)}`);
    } catch {
      // Too many steps.
    }
  } finally {
    clearTimeout(timer);
  }
}
