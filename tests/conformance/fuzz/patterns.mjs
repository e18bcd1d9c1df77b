// Patterns: of declarations, parameters and assignments, and values that fit them.

import { expression, isPaused, leaf } from "./expressions.mjs";
import { target } from "./members.mjs";
import { with_ } from "./scope.mjs";

/** A pattern that declares names: its text, the scope with them, and what fits it. */
export function bindingPattern(g, scope, constant = false, depth = 0) {
  const kind = depth > 2 ? "name" : g.random.weighted({ name: depth === 0 ? 0 : 4, array: 3, object: 3 });
  if (kind === "name") {
    const name = g.name("v");
    return { text: name, scope: with_(scope, { name, kind: "num", constant }) };
  }
  return kind === "array"
    ? arrayPattern(g, scope, (s) => bindingPattern(g, s, constant, depth + 1))
    : objectPattern(g, scope, (s) => bindingPattern(g, s, constant, depth + 1));
}

function arrayPattern(g, scope, part) {
  const parts = [];
  let inner = scope;
  for (let at = g.random.below(4); at > 0; at--) {
    if (g.random.chance(0.1)) {
      parts.push("");
      continue;
    }
    const one = part(inner);
    const initial = g.random.chance(0.35) ? ` = ${expression(g, quiet(inner))}` : "";
    parts.push(one.text + initial);
    inner = one.scope;
  }
  if (g.random.chance(0.25)) {
    const one = part(inner);
    parts.push(`...${one.text}`);
    inner = one.scope;
  }
  return { text: `[${parts.join(", ")}${parts.at(-1) === "" ? "," : ""}]`, scope: inner };
}

function objectPattern(g, scope, part) {
  const parts = [];
  let inner = scope;
  for (const name of ["a", "b", "m", "x"].filter(() => g.random.chance(0.4))) {
    const key = g.random.chance(0.3) ? `[key(${g.label()}, "${name}")]` : name;
    const one = part(inner);
    const initial = g.random.chance(0.35) ? ` = ${expression(g, quiet(inner))}` : "";
    parts.push(`${key}: ${one.text}${initial}`);
    inner = one.scope;
  }
  if (g.random.chance(0.25)) {
    const one = restTarget(g, inner, part);
    parts.push(`...${one.text}`);
    inner = one.scope;
  }
  return { text: `{ ${parts.join(", ")} }`, scope: inner };
}

/** What is left of an object goes to one target. */
function restTarget(g, scope, part) {
  for (;;) {
    const one = part(scope);
    if (!/^[[{]/.test(one.text)) return one;
  }
}

/** Initialisers in patterns stay simple: their depth is what makes programs long. */
function quiet(scope) {
  return { ...scope, depth: scope.depth + 3 };
}

/** `([a, o.b] = value)` as an expression. */
export function assignmentPattern(g, scope) {
  const part = (depth) => (inner) => {
    const kind = depth > 1 ? "target" : g.random.weighted({ target: 4, array: 1, object: 1 });
    if (kind === "target") return { text: target(g, quiet(inner)), scope: inner };
    return (kind === "array" ? arrayPattern : objectPattern)(g, inner, part(depth + 1));
  };
  const make = g.random.chance(0.5) ? arrayPattern : objectPattern;
  const { text } = make(g, scope, part(0));
  // What the steps of a pattern throw does not close the iterator there (docs/design/lowering.md).
  const closes = !isPaused(scope, text);
  return `(${text} = ${fitting(g, scope, text, closes)})`;
}

/** A value for a pattern: mostly one that fits. */
export function fitting(g, scope, text, closes = true) {
  if (g.random.chance(0.06)) return leaf(g, scope, "any");
  if (!text.startsWith("[")) return expression(g, scope, "obj");
  if (g.profile.symbols && closes && !mayThrowUnnoticed(text) && g.random.chance(0.4))
    return `source(${g.label()}, ${expression(g, scope, "arr")})`;
  return expression(g, scope, "arr");
}

/**
 * Lowering takes all values first if no code runs between two steps of an iterator. Then an object
 * that cannot be taken apart throws later than it should (docs/design/lowering.md).
 */
function mayThrowUnnoticed(text) {
  return text.includes("{") && !text.includes("(");
}
