// What built scripts do in mujs, as outcomes `{ lines, names }`.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HARNESS } from "./outcomes.mjs";

const require = createRequire(new URL("../../../benches/peers/lower/package.json", import.meta.url));

/** All in one process; where it dies, each in its own. */
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
       } catch (error) { failed = "does not run: " + error.name + " " + error.message; }
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

/** What a script says when it comes to a mistake of mujs that nothing can go around. */
const MISTAKE = "mistake of mujs";

/**
 * As `inMujs`, for one script, around four mistakes of mujs: `in` runs the getter of a property that
 * it only asks for, `for (a["b"] in c)` does not assign to the member, the indices that `for … in`
 * gives become the last one, and elements of arrays and characters of a `String` are not enumerable.
 * Returns null if the script comes to one of four others: an accessor and a value do not take each
 * other's place, members of a number, text or boolean are assigned to without an error, arrays have
 * no holes, which `...` in an object would leave out, and `delete` gives the accessor of a property
 * to another one.
 */
export function inMujsWithoutMistakes(text, work) {
  const ts = require("typescript");
  const transformed = (context) => {
    const { factory } = context;
    const call = (name, ...args) => factory.createCallExpression(factory.createIdentifier(name), undefined, args);
    const visit = (node) => {
      const seen = ts.visitEachChild(node, visit, context);
      if (ts.isForInStatement(seen)) return copying(seen, factory);
      const check = checkOf(ts, node);
      if (check && ts.isPropertyAccessExpression(seen))
        return factory.updatePropertyAccessExpression(seen, call(check, seen.expression), seen.name);
      if (check && ts.isElementAccessExpression(seen))
        return factory.updateElementAccessExpression(seen, call(check, seen.expression), seen.argumentExpression);
      if (!ts.isBinaryExpression(seen) || seen.operatorToken.kind !== ts.SyntaxKind.InKeyword) return seen;
      return call("has_property", seen.left, seen.right);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
  const file = ts.createSourceFile("a.js", `${WITHOUT_MISTAKES}\n${text}`, ts.ScriptTarget.ES5, true);
  const { transformed: [changed] } = ts.transform(file, [transformed]);
  const [outcome] = inMujs([ts.createPrinter().printFile(changed)], work);
  return outcome.lines.some((line) => line.includes(MISTAKE)) ? null : outcome;
}

/** What looks at the object of a member that gets a value (`a.b = c`, `a.b++`) or is deleted. */
function checkOf(ts, node) {
  const { parent } = node;
  if (!parent) return null;
  if (ts.isParenthesizedExpression(parent)) return checkOf(ts, parent);
  if (ts.isDeleteExpression(parent)) return "deletable";
  const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
  const isUpdate = [PlusPlusToken, MinusMinusToken].includes(parent.operator);
  const isTarget = ts.isBinaryExpression(parent) && parent.left === node && ts.isAssignmentOperator(parent.operatorToken.kind);
  return isUpdate || isTarget ? "assignable" : null;
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
function assignable(object) {
  if (object != null && object !== Object(object)) log("MISTAKE");
  return object;
}
function deletable(object) {
  if (object === Object(object)) Object.getOwnPropertyNames(object).forEach(function (key) {
    var found = Object.getOwnPropertyDescriptor(object, key);
    if (found && !("value" in found)) log("MISTAKE");
  });
  return object;
}
(function () {
  var define = Object.defineProperty;
  Object.defineProperty = function (object, key, descriptor) {
    key = String(key);
    var before = Object(object) === object && Object.getOwnPropertyDescriptor(object, key);
    var isAccessor = descriptor && ("get" in descriptor || "set" in descriptor);
    if (before && before.configurable && ("value" in before ? isAccessor : descriptor && "value" in descriptor))
      log("MISTAKE");
    return define(object, key, descriptor);
  };
  var enumerable = {}.propertyIsEnumerable;
  Object.prototype.propertyIsEnumerable = function (key) {
    var isElement = (this instanceof String || Array.isArray(this)) && key >= 0 && key < this.length;
    if (isElement && this[key] === undefined) log("MISTAKE");
    return isElement || enumerable.call(this, key);
  };
})();`.replaceAll("MISTAKE", MISTAKE);

function ascii(value) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) =>
    "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}
