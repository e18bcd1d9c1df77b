// Functions of all kinds: parameters with defaults, patterns and rest, and bodies.

import { expression } from "./expressions.mjs";
import { bindingPattern } from "./patterns.mjs";
import { inside, with_ } from "./scope.mjs";
import { statements } from "./statements.mjs";

/** The parameters as text, and the scope of the body. */
export function parameters(g, scope) {
  const parts = [];
  let inner = scope;
  const asParameter = (s) => ({ ...s, fn: { ...s.fn, inParameters: true }, depth: s.depth + 2 });
  for (let at = g.random.below(4); at > 0; at--) {
    const one = parameter(g, inner);
    const isPattern = /^[[{]/.test(one.text);
    const initial = isPattern
      ? ` = ${expression(g, asParameter(inner), one.text.startsWith("[") ? "arr" : "obj")}`
      : g.random.chance(0.3) ? ` = ${expression(g, asParameter(inner))}` : "";
    parts.push(one.text + initial);
    inner = one.scope;
  }
  if (g.random.chance(0.2)) {
    const name = g.name("v");
    parts.push(`...${name}`);
    inner = with_(inner, { name, kind: "arr" });
  }
  return { text: parts.join(", "), scope: inner };
}

function parameter(g, scope) {
  if (g.random.chance(0.25)) {
    const { text, scope: inner } = bindingPattern(g, { ...scope, fn: { ...scope.fn, inParameters: true } });
    return { text, scope: { ...inner, fn: scope.fn } };
  }
  const name = g.name("v");
  return { text: name, scope: with_(scope, { name, kind: "any" }) };
}

/** A block of statements that mostly ends with `return`. */
export function functionBody(g, scope) {
  const body = statements(g, { ...scope, loops: [] }, g.random.between(0, 2));
  const end = g.random.chance(0.75) ? `return ${expression(g, body.scope)};\n` : "";
  return `{\n${body.text}${end}}`;
}

/** `function`, `function*`, `async function`, an arrow. */
export function functionExpression(g, scope) {
  const { async, symbols } = g.profile;
  const kind = g.random.weighted({
    plain: 3, arrow: 5, generator: 1, async: async ? 1 : 0, asyncArrow: async ? 1 : 0,
    asyncGenerator: async && symbols ? 0.5 : 0,
  });
  return FORMS[kind](g, scope, g.random.chance(0.2) ? g.name("n") : "");
}

const own = { hasThis: true, hasArguments: true, hasNewTarget: true };

const FORMS = {
  plain: (g, scope, name) => written(g, inside(scope, own), `function ${name}`),
  generator: (g, scope, name) => written(g, inside(scope, { ...own, generator: true }), `function* ${name}`),
  async: (g, scope, name) => written(g, inside(scope, { ...own, async: true }), `async function ${name}`),
  asyncGenerator: (g, scope, name) =>
    written(g, inside(scope, { ...own, async: true, generator: true }), `async function* ${name}`),
  arrow: (g, scope) => arrow(g, scope, ""),
  asyncArrow: (g, scope) => arrow(g, scope, "async "),
};

function written(g, scope, head) {
  const { text, scope: body } = parameters(g, scope);
  return `${head}(${text}) ${functionBody(g, body)}`;
}

function arrow(g, scope, head) {
  const inner = inside(scope, { arrow: true, async: head !== "", generator: false, inParameters: false });
  const { text, scope: body } = parameters(g, inner);
  return `(${head}(${text}) => ${g.random.chance(0.5) ? functionBody(g, body) : concise(g, body)})`;
}

function concise(g, scope) {
  const text = expression(g, scope);
  return text.startsWith("{") ? `(${text})` : text;
}

/** A declaration, the scope with its name, and how it is used. */
export function functionDeclaration(g, scope) {
  const { async, symbols } = g.profile;
  const kind = g.random.weighted({
    plain: 3, generator: 3, async: async ? 3 : 0, asyncGenerator: async && symbols ? 2 : 0,
  });
  const name = g.name("f");
  const text = FORMS[kind](g, { ...scope, depth: scope.depth - 1 }, name);
  const is = { plain: "fn", generator: "gen", async: "asyncfn", asyncGenerator: "asyncgen" }[kind];
  return { text, scope: with_(scope, { name, kind: is, constant: true }), name, kind };
}
