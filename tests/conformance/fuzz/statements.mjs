// Statements. Names are used only after they are declared: the temporal dead zone is not checked in
// builds for production.

import { classDeclaration } from "./classes.mjs";
import { args, assignment, expression, leaf } from "./expressions.mjs";
import { functionDeclaration } from "./functions.mjs";
import { block, loop } from "./loops.mjs";
import { bindingPattern, fitting } from "./patterns.mjs";
import { deeper, with_, within } from "./scope.mjs";

/** So many statements, each seeing what those before declare. */
export function statements(g, scope, count) {
  let text = "";
  let inner = scope;
  for (let at = 0; at < count; at++) {
    const one = statement(g, inner);
    text += one.text;
    inner = one.scope;
  }
  return { text, scope: inner };
}

export function statement(g, scope) {
  const isShallow = g.budget > 0 && scope.depth < 6;
  const kind = g.random.weighted({
    log: 6, evaluate: 3, declare: 4, jump: jumps(scope).length > 0 ? 1 : 0,
    paused: scope.fn.generator || scope.fn.async ? 4 : 0,
    using: g.profile.using && !scope.inCase ? 3 : 0,
    ...(isShallow
      ? { condition: 1.5, block: 1, loop: 3, choose: 1, attempt: 2, label: 0.7, fn: 2.5, cls: 2 }
      : {}),
  });
  const made = MAKERS[kind](g, scope);
  return typeof made === "string" ? { text: made, scope } : made;
}

const MAKERS = {
  log: (g, scope) => `log(${g.label()}, ${expression(g, scope)});\n`,
  evaluate: (g, scope) =>
    g.random.chance(0.6) ? `${assignment(g, scope)};\n` : `(${expression(g, scope)});\n`,
  declare,
  jump: (g, scope) => `if (${expression(g, deeper(scope))}) ${g.random.pick(jumps(scope))(g, scope)}\n`,
  paused: (g, scope) => {
    const word = scope.fn.generator && (!scope.fn.async || g.random.chance(0.5)) ? "yield" : "await";
    return `log(${g.label()}, ${word} ${expression(g, scope)});\n`;
  },
  using: (g, scope) => {
    const name = g.name("u");
    const isAsync = scope.fn.async && g.random.chance(0.4);
    const made = g.random.chance(0.9) ? `disposable(${g.label()})` : g.random.pick(["null", "undefined", "{}"]);
    return {
      text: `${isAsync ? "await using" : "using"} ${name} = ${made};\n`,
      scope: with_(scope, { name, kind: "obj", constant: true }),
    };
  },
  condition: (g, scope) => {
    const otherwise = g.random.chance(0.5) ? ` else ${block(g, scope)}` : "";
    return `if (${expression(g, scope)}) ${block(g, scope)}${otherwise}\n`;
  },
  block: (g, scope) => `${block(g, scope)}\n`,
  loop,
  choose,
  attempt,
  label: (g, scope) => {
    const name = g.name("l");
    return `${name}: ${block(g, within(scope, { label: name, isBlock: true }))}\n`;
  },
  fn: (g, scope) => {
    const made = functionDeclaration(g, scope);
    return { text: `${made.text}\n${used(g, made)}`, scope: made.scope };
  },
  cls: classDeclaration,
};

function declare(g, scope) {
  const word = g.random.weighted({ let: 3, const: 3, var: 1.5 });
  if (g.random.chance(0.35)) {
    const { text, scope: inner } = bindingPattern(g, scope, word === "const");
    // What the pattern declares is not seen by its value.
    return { text: `${word} ${text} = ${fitting(g, scope, text)};\n`, scope: inner };
  }
  const kind = g.random.weighted({ num: 4, arr: 2, obj: 2, fn: 1.5, str: 1 });
  const name = g.name("v");
  const initial = word !== "const" && g.random.chance(0.1) ? "" : ` = ${expression(g, scope, kind)}`;
  return {
    text: `${word} ${name}${initial};\n`,
    scope: with_(scope, { name, kind, constant: word === "const" }),
  };
}

/** Ways out of what is around. */
function jumps({ loops, fn }) {
  const found = [];
  const inner = loops.filter(({ isBlock }) => !isBlock);
  if (inner.length > 0) found.push(() => "break;");
  const turning = inner.filter(({ isSwitch }) => !isSwitch);
  if (turning.length > 0) found.push(() => "continue;");
  const labels = loops.filter(({ label }) => label);
  if (labels.length > 0) {
    found.push((g) => {
      const { label, isBlock } = g.random.pick(labels);
      return `${isBlock || g.random.chance(0.5) ? "break" : "continue"} ${label};`;
    });
  }
  if (fn.kind !== "top" && !fn.isBlock) found.push((g, scope) => `return ${expression(g, scope)};`);
  if (loops.length > 0 || fn.kind !== "top") found.push((g) => `throw err(${g.label()});`);
  return found;
}

function choose(g, scope) {
  const inner = { ...within(scope, { isSwitch: true }), inCase: true };
  const cases = Array.from({ length: g.random.between(1, 3) }, () => {
    const { text } = statements(g, inner, g.random.between(0, 2));
    return `case ${expression(g, inner, "num")}:\n${text}${g.random.chance(0.5) ? "break;\n" : ""}`;
  });
  const otherwise = `default:\n${statements(g, inner, 1).text}`;
  cases.splice(g.random.below(cases.length + 1), 0, otherwise);
  return `switch (${expression(g, scope, "num")}) {\n${cases.join("")}}\n`;
}

function attempt(g, scope) {
  const tried = block(g, scope);
  const form = g.random.weighted({ caught: 3, finally: 1, both: 2 });
  let text = `try ${tried}`;
  if (form !== "finally") text += caught(g, scope);
  if (form !== "caught") text += ` finally ${block(g, scope)}`;
  return `${text}\n`;
}

function caught(g, scope) {
  const kind = g.random.weighted({ name: 3, none: 1, pattern: 0.5 });
  if (kind === "none") return ` catch ${block(g, scope)}`;
  if (kind === "pattern") {
    const { text, scope: inner } = bindingPattern(g, scope);
    return ` catch (${text}) ${block(g, inner)}`;
  }
  const name = g.name("e");
  const { text } = statements(g, with_(deeper(scope), { name, kind: "any" }), 1);
  return ` catch (${name}) {\nlog(${g.label()}, ${name});\n${text}}`;
}

/** How a declared function is used at once. */
function used(g, { name, kind, scope }) {
  const passed = args(g, deeper(scope));
  switch (kind) {
    case "generator": return `drive(${g.label()}, ${name}(${passed}), ${steps(g)});\n`;
    case "async": return `task(${g.label()}, () => ${name}(${args(g, asArrow(scope))}));\n`;
    case "asyncGenerator": return `walk(${g.label()}, () => ${name}(${args(g, asArrow(scope))}), ${steps(g)});\n`;
    default: return `log(${g.label()}, ${name}(${passed}));\nnamed(${name});\n`;
  }
}

function asArrow(scope) {
  return { ...deeper(scope), fn: { ...scope.fn, async: false, generator: false } };
}

/** What a generator is asked for, one after the other. */
export function steps(g) {
  const all = Array.from({ length: g.random.between(1, 6) }, () => {
    const word = g.random.weighted({ next: 8, throw: 1, return: 1 });
    return `["${word}", ${leaf(g, { vars: [] }, g.random.pick(["num", "str", "arr"]))}]`;
  });
  return `[${all.join(", ")}]`;
}
