// Loops and blocks. `turn(label)` is true a few times and then never again: no loop is endless.

import { expression } from "./expressions.mjs";
import { target } from "./members.mjs";
import { bindingPattern } from "./patterns.mjs";
import { deeper, variable, with_, within } from "./scope.mjs";
import { statements } from "./statements.mjs";

/** `{ … }`, sometimes with a name that hides one around. */
export function block(g, scope) {
  const inner = { ...deeper(scope), inCase: false };
  const hidden = g.random.chance(0.15) ? variable(g, inner, "num") : undefined;
  const first = hidden ? `let ${hidden.name} = ${g.random.below(9)};\n` : "";
  const around = hidden ? with_(inner, { ...hidden, constant: false }) : inner;
  return `{\n${first}${statements(g, around, g.random.between(1, 3)).text}}`;
}

export function loop(g, scope) {
  const label = g.random.chance(0.25) ? g.name("l") : undefined;
  const head = label ? `${label}: ` : "";
  const inner = within(scope, { label });
  const kind = g.random.weighted({
    counted: 3, of: 4, in: 1, while: 1, do: 1,
    await: scope.fn.async && g.profile.symbols ? 3 : 0,
  });
  return `${head}${MAKERS[kind](g, inner)}\n`;
}

const MAKERS = {
  counted: (g, scope) => {
    const [name, count] = [g.name("i"), g.name("n")];
    const word = g.random.chance(0.85) ? "let" : "var";
    const body = with_(scope, { name, kind: "num" }, { name: count, kind: "num", constant: true });
    const guard = `${name} < ${count} && turn(${g.label()})`;
    const next = g.random.chance(0.8) ? `${name}++` : `t(${g.label()}, ${name} += 1)`;
    const extra = g.random.chance(0.2) ? `, ${g.name("h")} = () => ${name}` : "";
    return `for (${word} ${name} = 0, ${count} = ${g.random.between(1, 3)}${extra}; ${guard}; ${next}) ${kept(g, body, name)}`;
  },
  of: (g, scope) => over(g, scope, "for", iterated(g, scope)),
  await: (g, scope) => over(g, scope, "for await", asyncIterated(g, scope)),
  in: (g, scope) => {
    const name = g.name("k");
    const object = g.random.pick(["{ a: 1, b: 2 }", "{ a: 1 }", "[7, 8]"]);
    if (g.random.chance(0.25)) return `for (${target(g, scope)} in ${object}) ${block(g, scope)}`;
    const word = g.random.pick(["const", "let", "var"]);
    return `for (${word} ${name} in ${object}) ${kept(g, with_(scope, { name, kind: "str", constant: word === "const" }), name)}`;
  },
  while: (g, scope) => `while (turn(${g.label()})) ${block(g, scope)}`,
  do: (g, scope) => `do ${block(g, scope)} while (turn(${g.label()}));`,
};

function over(g, scope, word, items) {
  const kind = g.random.weighted({ name: 5, pattern: 2, target: 1, pair: g.profile.using ? 1 : 0 });
  if (kind === "target") return `${word} (${target(g, scope)} of ${items}) ${block(g, scope)}`;
  if (kind === "pair") {
    const name = g.name("u");
    return `${word} (using ${name} of [disposable(${g.label()}), null]) ${block(g, scope)}`;
  }
  const declared = g.random.pick(["const", "let", "var"]);
  if (kind === "pattern") {
    const { text, scope: body } = bindingPattern(g, scope, declared === "const");
    return `${word} (${declared} ${text} of ${parted(g, text, scope, items)}) ${block(g, body)}`;
  }
  const name = g.name("v");
  const body = with_(scope, { name, kind: "any", constant: declared === "const" });
  return `${word} (${declared} ${name} of ${items}) ${kept(g, body, name)}`;
}

/** Values that a pattern can take apart, mostly. */
function parted(g, text, scope, items) {
  if (g.random.chance(0.2)) return items;
  const one = () => expression(g, { ...scope, depth: scope.depth + 2 }, text.startsWith("[") ? "arr" : "obj");
  return `[${one()}, ${one()}]`;
}

function iterated(g, scope) {
  const known = variable(g, scope, "gen");
  if (known && g.random.chance(0.4)) return `${known.name}()`;
  if (g.profile.symbols && g.random.chance(0.3))
    return `source(${g.label()}, ${expression(g, scope, "arr")})`;
  return g.random.chance(0.15) ? '"xyz"' : expression(g, scope, "arr");
}

function asyncIterated(g, scope) {
  const known = variable(g, scope, g.random.chance(0.7) ? "asyncgen" : "gen");
  if (known && g.random.chance(0.6)) return `${known.name}()`;
  return g.random.pick([
    `asyncSource(${g.label()}, ${expression(g, scope, "arr")})`,
    `[later(${g.label()}, 1), 2]`,
    expression(g, scope, "arr"),
  ]);
}

/** A body with a closure that outlives its turn. */
function kept(g, scope, name) {
  const text = block(g, scope);
  if (!g.random.chance(0.5)) return text;
  const closure = g.random.pick([`() => ${name}`, `() => (${name}, ${expression(g, { ...scope, fn: { ...scope.fn, async: false, generator: false, inParameters: false }, depth: 6 }, "num")})`]);
  return `{\nkeep(${g.label()}, ${closure});\n${text.slice(2)}`;
}
