// Expressions. `kind` is what is asked for (`num`, `str`, `arr`, `obj`, `fn`, `any`); a wrong guess
// is a TypeError when the program runs, which is compared like everything else.

import { chain, keyed, member, target, update } from "./members.mjs";
import { functionExpression } from "./functions.mjs";
import { classExpression } from "./classes.mjs";
import { arrayLiteral, objectLiteral, template } from "./literals.mjs";
import { assignmentPattern } from "./patterns.mjs";
import { deeper, variable } from "./scope.mjs";

const DEEPEST = 7;

export function expression(g, scope, kind = "any") {
  if (g.budget-- < 0 || scope.depth > DEEPEST) return leaf(g, scope, kind);
  const inner = deeper(scope);
  const make = g.random.weighted(WEIGHTS[kind](g, scope));
  return MAKERS[make](g, inner, kind);
}

/** Something small that has no parts. */
export function leaf(g, scope, kind) {
  const known = variable(g, scope, kind);
  if (known && g.random.chance(0.6)) return known.name;
  switch (kind) {
    case "num": return g.random.chance(0.85) ? String(g.random.below(7)) : g.random.pick(NUMBERS);
    case "str": return g.random.pick(['"a"', '"b"', '"x"', '""', "`t`"]);
    case "arr": return g.random.pick(["[1, 2]", "[]", "[0, , 3]", '["p", [4]]']);
    case "obj": return `obj(${g.label()})`;
    case "fn": return `fn(${g.label()})`;
    case "word": return g.random.pick(["null", "undefined", "true", "false"]);
    default: return leaf(g, scope, g.random.pick(["num", "str", "num", "arr", "obj", "fn", "word"]));
  }
}

const NUMBERS = ["0.5", "1e3", "1e21", "NaN", "Infinity", "(-0)", "(-1)", "0x10", "4294967295"];

const WEIGHTS = {
  num: () => ({ leaf: 4, traced: 3, valued: 1, binary: 3, unary: 1, update: 2, assign: 2, length: 1, ...common }),
  str: () => ({ leaf: 3, traced: 2, template: 3, typeOf: 1, concat: 1, ...common }),
  arr: () => ({ leaf: 2, array: 5, traced: 1, ...common }),
  obj: (g) => ({ leaf: 3, object: 5, construct: 2, traced: 1, source: g.profile.symbols ? 1 : 0, ...common }),
  fn: () => ({ leaf: 2, func: 5, cls: 1, ...common }),
  any: (g, scope) => ({
    num: 4, str: 2, arr: 2, obj: 2, fn: 1, traced: 2, call: 3, chain: 3, logical: 3, member: 2,
    destructure: 1, tagged: 1, remove: 0.5, compare: 1.5, test: 1, ...special(g, scope),
  }),
};

const common = { conditional: 1, sequence: 0.7, logical: 0.7, call: 0.7, member: 0.5, paused: 1 };

/** What only some functions have. */
function special(g, { fn, privates }) {
  return {
    this: fn.hasThis ? 1 : 0,
    args: fn.hasArguments ? 1 : 0,
    newTarget: fn.hasNewTarget ? 0.6 : 0,
    brand: privates.length > 0 ? 1 : 0,
    paused: 1,
  };
}

const MAKERS = {
  leaf,
  num: (g, scope) => expression(g, scope, "num"),
  str: (g, scope) => expression(g, scope, "str"),
  arr: (g, scope) => expression(g, scope, "arr"),
  obj: (g, scope) => expression(g, scope, "obj"),
  fn: (g, scope) => expression(g, scope, "fn"),
  traced: (g, scope, kind) => `t(${g.label()}, ${expression(g, scope, kind)})`,
  valued: (g) => `val(${g.label()}, ${g.random.below(5)})`,
  binary: (g, scope) => {
    const operator = g.random.pick(["+", "-", "*", "**", "%", "&", "|", "<", "===", "!==", "/", "^", "<<", ">>", ">>>", "<=", ">", ">="]);
    return `(${operand(g, scope, operator)} ${operator} ${expression(g, scope, "num")})`;
  },
  unary: (g, scope) => `(${g.random.pick(["-", "+", "~"])}${parens(expression(g, scope, "num"))})`,
  compare: (g, scope) => {
    const operator = g.random.pick(["==", "!=", "===", "!==", "instanceof", "in"]);
    const left = expression(g, scope, operator === "in" ? "str" : "any");
    return `(${left} ${operator} ${operator === "instanceof" ? type(g, scope) : expression(g, scope, operator === "in" ? "obj" : "any")})`;
  },
  test: (g, scope) => `(${g.random.pick(["!", "!!", "void "])}${parens(expression(g, scope))})`,
  concat: (g, scope) => `(${expression(g, scope, "str")} + ${expression(g, scope, "any")})`,
  update,
  assign: (g, scope) => assignment(g, scope),
  length: (g, scope) => `${parens(expression(g, scope, "arr"))}.length`,
  template,
  typeOf: (g, scope) => `typeof ${parens(expression(g, scope, "any"))}`,
  array: arrayLiteral,
  object: objectLiteral,
  source: (g, scope) => `source(${g.label()}, ${expression(g, scope, "arr")})`,
  construct: (g, scope) => {
    const known = variable(g, scope, "class");
    return known ? `new ${known.name}(${args(g, scope)})` : leaf(g, scope, "obj");
  },
  func: functionExpression,
  cls: classExpression,
  conditional: (g, scope, kind) =>
    `(${expression(g, scope)} ? ${expression(g, scope, kind)} : ${expression(g, scope, kind)})`,
  sequence: (g, scope, kind) => `(${expression(g, scope)}, ${expression(g, scope, kind)})`,
  logical: (g, scope, kind) => {
    const operator = g.random.pick(["&&", "||", "??"]);
    const left = g.random.chance(0.3) ? g.random.pick(["null", "undefined", "0"]) : expression(g, scope);
    return `(${left} ${operator} ${expression(g, scope, kind)})`;
  },
  call: (g, scope) => call(g, scope),
  chain,
  member,
  destructure: (g, scope) => assignmentPattern(g, scope),
  tagged: (g, scope) => {
    const tag = g.random.pick([`tag(${g.label()})`, `obj(${g.label()}).m`, `fn(${g.label()})`]);
    return `${tag}${template(g, scope)}`;
  },
  remove: (g, scope) => `delete ${parens(expression(g, scope, "obj"))}.${g.random.pick(["a", "b"])}`,
  this: () => "this",
  args: (g) => g.random.pick(["arguments.length", "arguments[0]", "[...arguments]"]),
  newTarget: () => "typeof new.target",
  brand: (g, scope) => {
    const { name } = g.random.pick(scope.privates);
    return `(${name} in ${scope.fn.hasThis ? "Object(this)" : "{}"})`;
  },
  paused: (g, scope, kind) => paused(g, scope, kind),
};

/** Not any function: those that have no `prototype` get one when they are lowered. */
function type(g, scope) {
  return variable(g, scope, "class")?.name ?? g.random.pick(["Object", "Array", "Function"]);
}

function operand(g, scope, operator) {
  const text = expression(g, scope, "num");
  return operator === "**" ? parens(text) : text;
}

/** `yield`, `await`, or something else where neither may stand. */
function paused(g, scope, kind) {
  const { generator, async } = scope.fn;
  if (scope.fn.inParameters || (!generator && !async)) return expression(g, scope, kind);
  if (async && (!generator || g.random.chance(0.5)))
    return `(await ${awaited(g, scope, kind)})`;
  if (g.random.chance(0.25)) return `(yield* ${delegated(g, scope)})`;
  return g.random.chance(0.1) ? "(yield)" : `(yield ${expression(g, scope, kind)})`;
}

function awaited(g, scope, kind) {
  const inner = expression(g, scope, kind);
  return g.random.weighted({ plain: 3, later: 3, fails: 1 }) === "plain"
    ? inner
    : g.random.chance(0.8) ? `later(${g.label()}, ${inner})` : `fails(${g.label()})`;
}

function delegated(g, scope) {
  const known = variable(g, scope, scope.fn.async ? "asyncgen" : "gen");
  if (known && g.random.chance(0.7)) return `${known.name}(${args(g, scope)})`;
  return g.profile.symbols && g.random.chance(0.5)
    ? `source(${g.label()}, ${expression(g, scope, "arr")})`
    : expression(g, scope, "arr");
}

export function assignment(g, scope, operators = OPERATORS) {
  const operator = g.random.pick(operators);
  return `(${target(g, scope)} ${operator} ${expression(g, scope)})`;
}

const OPERATORS = ["=", "=", "=", "+=", "-=", "**=", "||=", "&&=", "??="];

export function call(g, scope) {
  const known = variable(g, scope, "fn");
  if (known && g.random.chance(0.6)) return `${known.name}(${args(g, scope)})`;
  const kind = g.random.weighted({ direct: 2, method: 3, computed: 1, applied: 1 });
  const object = parens(expression(g, scope, "obj"));
  switch (kind) {
    case "direct": return `${parens(expression(g, scope, "fn"))}(${args(g, scope)})`;
    case "method": return method(g, scope, object, ".m");
    case "computed": return method(g, scope, object, `[${keyed(g, "m")}]`);
    default: {
      const callee = parens(expression(g, scope, "fn"));
      const value = expression(g, scope, "any");
      return `${isPaused(scope, value) ? `fn(${g.label()})` : callee}.call(${value})`;
    }
  }
}

/**
 * With `yield` or `await` in the arguments, the method exists: where it does not, what is built throws
 * before the last of the arguments are evaluated.
 */
function method(g, scope, object, member) {
  const list = args(g, scope);
  return `${isPaused(scope, list) ? `obj(${g.label()})` : object}${member}(${list})`;
}

export function isPaused({ fn }, text) {
  return (fn.generator || fn.async) && /\b(yield|await)\b/.test(text);
}

/** Arguments, some of them spread. */
export function args(g, scope) {
  return Array.from({ length: g.random.below(4) }, () =>
    g.random.chance(0.2)
      ? `...${parens(expression(g, scope, g.profile.symbols && g.random.chance(0.3) ? "obj" : "arr"))}`
      : expression(g, scope),
  ).join(", ");
}

/** What can stand before a dot. */
export function parens(text) {
  return /^[\w.]+$/.test(text) && !/^\d/.test(text) || /^\w+\([^()]*\)$/.test(text) ? text : `(${text})`;
}
