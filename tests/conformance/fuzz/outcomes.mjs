// What programs do: as they are written, in this Node; what was built of them, in this Node and in
// mujs. An outcome is `{ lines, names }`.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { polyfill, symbols } from "./symbols.mjs";

const require = createRequire(new URL("../../../benches/peers/lower/package.json", import.meta.url));
const HARNESS = readFileSync(new URL("harness.js", import.meta.url), "utf8");

polyfill();
const { runProgram, PARAMETERS } = vm.runInThisContext(`${HARNESS}\n({ runProgram, PARAMETERS })`);

/** What a program may do, one outcome or more; none where no engine accepts it. */
export async function originals({ kind, text }) {
  try {
    const outcomes = [];
    for (const compiled of oracles(kind, text))
      outcomes.push(await outcome(wrapped(kind === "sloppy" ? text : `"use strict";${compiled}`)));
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

async function outcome(run) {
  let made;
  globalThis.__fuzz = () => { made = runProgram(run, symbols); };
  try {
    call.runInThisContext({ timeout: 3000 });
  } catch (error) {
    return { lines: [`ends: ${error.message}`], names: [] };
  }
  for (const [label, start] of made.tasks) await settled(made, label, start);
  if (made.tasks.length > 0) await new Promise((done) => setImmediate(done));
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

/** What built scripts do in mujs, all in one process; where it dies, each in its own. */
export function inMujs(texts, work) {
  const script = join(work, "mujs.js");
  writeFileSync(script, [
    HARNESS,
    `var texts = ${ascii(texts)};`,
    `for (var at = 0; at < texts.length; at++) {
       var made = null, failed = "";
       try {
         var run = new Function(PARAMETERS.join(), texts[at]);
         made = runProgram(run);
         made.end();
       } catch (error) { failed = "does not run: " + error; }
       print(JSON.stringify(made ? made.lines.concat(failed || []) : [failed]));
     }`,
  ].join("\n"));
  const ended = spawnSync("mujs", [script], { encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 28 });
  const printed = ended.stdout.split("\n").filter(Boolean);
  if (printed.length === texts.length)
    return printed.map((line) => ({ lines: JSON.parse(line), names: [] }));
  if (texts.length === 1)
    return [{ lines: [`mujs ends: ${ended.signal ?? ended.status} ${ended.stderr.slice(0, 200)}`], names: [] }];
  return texts.flatMap((text) => inMujs([text], work));
}

/**
 * As `inMujs`, for one script, around five mistakes of mujs: `in` runs the getter of a property that
 * it only asks for, `for (a["b"] in c)` does not assign to the member, the indices that `for … in`
 * gives become the last one, an accessor and a value do not take each other's place, and characters
 * of a `String` are not enumerable.
 */
export function inMujsWithoutMistakes(text, work) {
  const ts = require("typescript");
  const transformed = (context) => {
    const visit = (node) => {
      const seen = ts.visitEachChild(node, visit, context);
      if (ts.isForInStatement(seen)) return copying(seen, context.factory);
      if (!ts.isBinaryExpression(seen) || seen.operatorToken.kind !== ts.SyntaxKind.InKeyword) return seen;
      const name = context.factory.createIdentifier("has_property");
      return context.factory.createCallExpression(name, undefined, [seen.left, seen.right]);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
  const file = ts.createSourceFile("a.js", `${WITHOUT_MISTAKES}\n${text}`, ts.ScriptTarget.ES5);
  const { transformed: [changed] } = ts.transform(file, [transformed]);
  return inMujs([ts.createPrinter().printFile(changed)], work)[0];
}

/** `for (a in b) c` as `for (for_in_key in b) { a = copied_key(for_in_key); c }`. */
function copying(each, factory) {
  const { createIdentifier: name, createVariableDeclaration: declaration } = factory;
  const key = factory.createCallExpression(name("copied_key"), undefined, [name("for_in_key")]);
  const [declared] = each.initializer.declarations ?? [];
  const first = declared
    ? factory.createVariableStatement(undefined, [declaration(declared.name, undefined, undefined, key)])
    : factory.createExpressionStatement(factory.createAssignment(each.initializer, key));
  const body = factory.createBlock([first, each.statement]);
  return factory.updateForInStatement(each, name("for_in_key"), each.expression, body);
}

const WITHOUT_MISTAKES = `function has_property(key, object) {
  if (object !== Object(object)) throw new TypeError("in");
  for (key = String(key); object; object = Object.getPrototypeOf(object))
    if ({}.hasOwnProperty.call(object, key)) return true;
  return false;
}
var for_in_key;
function copied_key(key) {
  return (key + "_").slice(0, -1);
}
(function () {
  var define = Object.defineProperty;
  Object.defineProperty = function (object, key, descriptor) {
    key = String(key);
    var before = Object(object) === object && Object.getOwnPropertyDescriptor(object, key);
    var isAccessor = descriptor && ("get" in descriptor || "set" in descriptor);
    if (before && before.configurable && ("value" in before ? isAccessor : descriptor && "value" in descriptor))
      delete object[key];
    return define(object, key, descriptor);
  };
  var enumerable = {}.propertyIsEnumerable;
  Object.prototype.propertyIsEnumerable = function (key) {
    var isCharacter = this instanceof String && key >= 0 && key < this.length;
    return isCharacter || enumerable.call(this, key);
  };
})();`;

function ascii(value) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) =>
    "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}
