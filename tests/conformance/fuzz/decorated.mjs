// Classes with decorators: standard ones, or TypeScript's of before. `dec(label, how)` of the
// harness logs what a decorator gets, and replaces what it may.

import { expression } from "./expressions.mjs";
import { functionBody, parameters } from "./functions.mjs";
import { inClass, inside, with_ } from "./scope.mjs";
import { statements } from "./statements.mjs";

const HOWS = ["look", "look", "replace", "init"];
const METHOD = { hasThis: true, hasArguments: true, hasSuper: true };

/** A program of one or two classes with decorators, and uses of them. */
export function decorated(g, scope) {
  const before = statements(g, scope, 1);
  const one = decoratedClass(g, before.scope, "");
  const two = g.random.chance(0.5)
    ? decoratedClass(g, one.scope, g.random.chance(0.6) ? one.name : "")
    : { text: "" };
  return before.text + one.text + two.text;
}

function decoratedClass(g, scope, heritage) {
  const name = g.name("C");
  g.budget = Math.max(g.budget, 30);
  const own = { name, kind: "class", constant: true };
  const inner = inClass(scope, own);
  const members = Array.from({ length: g.random.between(2, 6) }, (_, at) => member(g, inner, at));
  if (g.profile.decorators === "standard" && g.random.chance(0.5)) members.push(...privateMembers(g, inner));
  if (g.random.chance(0.3)) members.push(constructor(g, inner, heritage));
  // TypeScript leaves static fields on a class that is replaced.
  const hasStatic = members.some((text) => /(^|" ?\) )static /.test(text));
  const hows = hasStatic ? ["look", "init"] : HOWS;
  const head = decorators(g, g.random.chance(0.6) ? 1 : 0, hows);
  const lines = [
    `${head}class ${name}${heritage ? ` extends ${heritage}` : ""} {\n${members.join("\n")}\n}`,
    `named(${name});`,
    ...uses(g, name),
  ];
  return { text: lines.join("\n") + "\n", scope: with_(scope, own), name };
}

/** `@dec(1, "wrap") ` some times. */
function decorators(g, count = g.random.weighted({ 0: 2, 1: 5, 2: 2 }), hows = HOWS) {
  return Array.from({ length: Number(count) }, () =>
    `@dec(${g.label()}, "${g.random.pick(hows)}") `).join("");
}

function member(g, scope, at) {
  const own = decorators(g);
  const head = own + (g.random.chance(0.3) ? "static " : "");
  const name = `${g.random.pick(["a", "b", "c"])}${at}`;
  const key = g.random.chance(0.2) ? `[key(${g.label()}, "${name}")]` : name;
  const kinds = { method: 4, field: 4, getter: 1, setter: 1, accessor: g.profile.decorators === "standard" ? 3 : 0 };
  switch (g.random.weighted(kinds)) {
    // TypeScript forgets to declare the key of a method whose parameters alone have decorators.
    case "method": return `${head}${key}${rest(g, scope, own !== "" || key === name)}`;
    case "field": return `${head}${key} = ${expression(g, inside(scope, { hasThis: true }), "num")};`;
    case "getter": return `${head}get ${key}() ${functionBody(g, inside(scope, METHOD))}`;
    case "setter": return `${head}set ${key}(value) ${functionBody(g, inside(scope, METHOD))}`;
    default: return `${head}accessor ${key} = ${expression(g, inside(scope, { hasThis: true }), "num")};`;
  }
}

/** Parameters, with decorators where TypeScript allows them, and a body. */
function rest(g, scope, mayDecorate = true) {
  const { text, scope: body } = parameters(g, inside(scope, METHOD));
  const isLegacy = mayDecorate && g.profile.decorators === "legacy" && text !== "" && !/[[{.]/.test(text);
  const shown = isLegacy && g.random.chance(0.4) ? `@par(${g.label()}) ${text}` : text;
  return `(${shown}) ${functionBody(g, body)}`;
}

function privateMembers(g, scope) {
  const name = g.name("#p");
  const inner = { ...scope, privates: [{ name, kind: "field" }] };
  const head = decorators(g);
  const isStatic = g.random.chance(0.3) ? "static " : "";
  const what = g.random.pick([`${name} = 3;`, `${name}() { return 4; }`, `accessor ${name} = 5;`, `get ${name}() { return 6; }`]);
  return [
    `${head}${isStatic}${what}`,
    `${isStatic}read${rest(g, inner)}`,
    `${isStatic}show() { return typeof this.${name}; }`,
  ];
}

function constructor(g, scope, heritage) {
  const inner = inside(scope, METHOD);
  // Both compilers run what decorators add to an instance behind the parameters.
  const { text, scope: body } = heritage ? parameters(g, inner) : { text: "", scope: inner };
  return `constructor(${text}) {\n${heritage ? "super();\n" : ""}${statements(g, body, 1).text}}`;
}

function uses(g, name) {
  return [
    `try {\nlook(${g.label()}, ${name}, new ${name}());\n} catch (error) {\nlog(${g.label()}, error);\n}`,
  ];
}
