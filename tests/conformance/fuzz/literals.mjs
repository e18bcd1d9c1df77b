// Literals: arrays, objects with all kinds of members, templates.

import { expression, parens } from "./expressions.mjs";
import { functionBody, parameters } from "./functions.mjs";
import { inside } from "./scope.mjs";

export function arrayLiteral(g, scope) {
  const parts = Array.from({ length: g.random.below(4) }, () => {
    if (g.random.chance(0.08)) return "";
    if (!g.random.chance(0.2)) return expression(g, scope);
    return `...${parens(expression(g, scope, g.profile.symbols && g.random.chance(0.3) ? "obj" : "arr"))}`;
  });
  // A hole at the end needs its own comma.
  return `[${parts.join(", ")}${parts.at(-1) === "" ? "," : ""}]`;
}

export function template(g, scope) {
  const parts = Array.from({ length: g.random.below(3) }, () => `\${${expression(g, scope)}}`);
  return `\`${g.random.pick(["", "s", "\\n"])}${parts.join(g.random.pick(["", "-"]))}\``;
}

/** Engines differ in the order of keys: those of a literal are in the order of the alphabet. */
export function objectLiteral(g, scope) {
  const keys = ["a", "b", "c", "m", "x"].filter(() => g.random.chance(0.45));
  const members = keys.map((name) => member(g, scope, name));
  if (g.random.chance(0.2)) members.splice(g.random.below(members.length + 1), 0, spread(g, scope));
  const base = g.profile.symbols && g.random.chance(0.15) ? [`__proto__: ${expression(g, scope, "obj")}`] : [];
  return `{ ${[...base, ...members].join(", ")} }`;
}

function spread(g, scope) {
  return `...${parens(expression(g, scope, g.random.chance(0.8) ? "obj" : "any"))}`;
}

function member(g, scope, name) {
  const key = g.random.chance(0.25) ? `[key(${g.label()}, "${name}")]` : name;
  const method = (fn) => {
    const inner = inside(scope, { hasThis: true, hasArguments: true, hasSuper: g.profile.symbols, hasNewTarget: true, ...fn });
    const { text, scope: body } = parameters(g, inner);
    return `(${text}) ${functionBody(g, body)}`;
  };
  const { async, symbols } = g.profile;
  switch (g.random.weighted({
    value: 6, method: 3, getter: 1, setter: 0.7, generator: 1, async: async ? 1 : 0, asyncGenerator: async && symbols ? 0.5 : 0,
  })) {
    case "value": return `${key}: ${expression(g, scope)}`;
    case "method": return `${key}${method({})}`;
    case "getter": return `get ${key}() ${functionBody(g, inside(scope, { hasThis: true, hasSuper: g.profile.symbols, hasArguments: true }))}`;
    case "setter": return `set ${key}(value) ${functionBody(g, inside(scope, { hasThis: true, hasSuper: g.profile.symbols, hasArguments: true }))}`;
    case "generator": return `*${key}${method({ generator: true })}`;
    case "async": return `async ${key}${method({ async: true })}`;
    default: return `async *${key}${method({ async: true, generator: true })}`;
  }
}
