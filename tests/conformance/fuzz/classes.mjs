// Classes with all kinds of members, and uses of them.

import { args, expression } from "./expressions.mjs";
import { functionBody, parameters } from "./functions.mjs";
import { deeper, inClass, inside, variable, with_ } from "./scope.mjs";
import { statements, steps } from "./statements.mjs";

const METHOD = { hasThis: true, hasArguments: true, hasNewTarget: true, hasSuper: true, isMethod: true };
const FIELD = { hasThis: true, hasNewTarget: true, hasSuper: true };

/** A class as an expression. */
export function classExpression(g, scope) {
  return written(g, deeper(scope), g.random.chance(0.4) ? g.name("K") : "").text;
}

/** A class as a statement, with statements that use it. */
export function classDeclaration(g, scope) {
  const name = g.name("C");
  const { text, methods } = written(g, deeper(scope), name);
  const around = with_(scope, { name, kind: "class", constant: true });
  const made = g.name("v");
  const inner = with_(around, { name: made, kind: "obj" });
  const lines = [
    text,
    `named(${name});`,
    `let ${made};`,
    `try {\n${made} = new ${name}(${args(g, deeper(deeper(around)))});\nlog(${g.label()}, ${made});\n} catch (error) {\nlog(${g.label()}, error);\n}`,
    ...methods.filter(() => g.random.chance(0.8)).map((method) => use(g, inner, { name, made, method })),
  ];
  return { text: lines.join("\n") + "\n", scope: inner };
}

function use(g, scope, { name, made, method }) {
  const object = method.isStatic ? name : made;
  const called = `${object}.${method.name}(${args(g, deeper(deeper(scope)))})`;
  const act = {
    method: () => `log(${g.label()}, ${called});`,
    getter: () => `log(${g.label()}, ${object}.${method.name});`,
    setter: () => `${object}.${method.name} = ${g.random.below(9)};`,
    generator: () => `drive(${g.label()}, ${called}, ${steps(g)});`,
    async: () => `task(${g.label()}, () => ${object}.${method.name}());`,
    asyncGenerator: () => `walk(${g.label()}, () => ${object}.${method.name}(), ${steps(g)});`,
  };
  return `try {\n${act[method.kind]()}\n} catch (error) {\nlog(${g.label()}, error);\n}`;
}

function written(g, scope, name) {
  const heritage = superclass(g, scope);
  // V8 calculates the keys of a class before it looks at the heritage.
  const mayThrow = heritage.startsWith("(") || heritage.startsWith("t(");
  const privates = privateNames(g);
  const around = { ...scope, privates: [...scope.privates, ...privates] };
  const inner = inClass(around, ...(name ? [{ name, kind: "class", constant: true }] : []));
  const methods = [];
  const members = privates.flatMap((one) => privateMember(g, inner, one));
  if (g.random.chance(0.5)) members.push(constructor(g, inner, heritage !== ""));
  for (let at = g.random.between(1, 4); at > 0; at--) members.push(publicMember(g, inner, methods, mayThrow));
  for (let at = members.length - 1; at > 0; at--) {
    const other = g.random.below(at + 1);
    [members[at], members[other]] = [members[other], members[at]];
  }
  const text = `class ${name}${heritage ? ` extends ${heritage}` : ""} {\n${members.join("\n")}\n}`;
  return { text: text.replace("class  ", "class "), methods };
}

function superclass(g, scope) {
  const known = variable(g, scope, "class");
  const kind = g.random.weighted({
    none: 5, known: known ? 6 : 0, traced: known ? 1 : 0, null: 0.2, expression: 0.5, fn: 0.3,
    native: g.profile.symbols ? 1 : 0,
  });
  switch (kind) {
    case "known": return known.name;
    case "traced": return `t(${g.label()}, ${known.name})`;
    case "null": return "null";
    case "expression": return `(${parent(g, scope)})`;
    case "fn": return "(function () { this.x = 1; })";
    case "native": return g.random.pick(["Array", "Error", "Object", "Map", "TypeError"]);
    default: return "";
  }
}

/**
 * A value that is a parent in all lanes or in none. Arrow functions, methods and functions with
 * `async` or `*` become functions that construct when they are lowered.
 */
function parent(g, scope) {
  const kind = g.random.weighted({ fn: 2, cls: 3, member: 1, made: 0.5, num: 0.5, none: 0.2, traced: 1, either: 1, sequence: 1 });
  const inner = deeper(scope);
  switch (kind) {
    case "cls": return classExpression(g, inner);
    case "member": return `obj(${g.label()}).${g.random.pick(["a", "b", "m", "x"])}`;
    case "made": return `fn(${g.label()})(${g.random.below(5)})`;
    case "num": return String(g.random.below(9));
    case "none": return g.random.pick(["undefined", "[]", "(1).a"]);
    case "traced": return `t(${g.label()}, ${parent(g, inner)})`;
    case "either": return `${expression(g, inner)} ? ${parent(g, inner)} : ${parent(g, inner)}`;
    case "sequence": return `(${expression(g, inner)}, ${parent(g, inner)})`;
    default: return `fn(${g.label()})`;
  }
}

function privateNames(g) {
  return Array.from({ length: g.random.weighted({ 0: 3, 1: 2, 2: 2, 3: 1 }) }, () => ({
    name: g.name("#p"),
    kind: g.random.weighted({ field: 4, method: 2, accessor: 1.5 }),
    isStatic: g.random.chance(0.25),
  }));
}

function privateMember(g, scope, { name, kind, isStatic }) {
  const head = isStatic ? "static " : "";
  switch (kind) {
    case "field": return [field(g, scope, head + name)];
    case "method": return [method(g, scope, { head, key: name, kind: methodKind(g) })];
    default: return [
      ...(g.random.chance(0.9) ? [method(g, scope, { head, key: name, kind: "getter" })] : []),
      // One of both must be there, or the name is not declared.
      method(g, scope, { head, key: name, kind: "setter" }),
    ];
  }
}

function publicMember(g, scope, methods, isPlain) {
  const isStatic = g.random.chance(0.25);
  const head = isStatic ? "static " : "";
  const name = g.random.pick(["a", "b", "c", "m", "x"]);
  const key = !isPlain && g.random.chance(0.2) ? `[key(${g.label()}, "${name}")]` : name;
  const what = g.random.weighted({ method: 6, field: 4, getter: 1.5, setter: 1, block: 1 });
  if (what === "field") return field(g, scope, head + key);
  if (what === "block") return staticBlock(g, scope);
  const kind = what === "method" ? methodKind(g) : what;
  methods.push({ name, kind, isStatic });
  return method(g, scope, { head, key, kind });
}

function methodKind(g) {
  const { async, symbols } = g.profile;
  return g.random.weighted({
    method: 5, generator: 2, async: async ? 2 : 0, asyncGenerator: async && symbols ? 1 : 0,
  });
}

const PREFIX = {
  method: "", generator: "*", async: "async ", asyncGenerator: "async *", getter: "get ", setter: "set ",
};

function method(g, scope, { head, key, kind }) {
  const fn = { ...METHOD, generator: /enerator/.test(kind), async: /^async/.test(kind) };
  const inner = inside(scope, fn);
  if (kind === "getter") return `${head}get ${key}() ${functionBody(g, inner)}`;
  if (kind === "setter") return `${head}set ${key}(value) ${functionBody(g, with_(inner, { name: "value", kind: "num" }))}`;
  const { text, scope: body } = parameters(g, inner);
  return `${head}${PREFIX[kind]}${key}(${text}) ${functionBody(g, body)}`;
}

function field(g, scope, key) {
  const inner = inside(scope, FIELD);
  return g.random.chance(0.15) ? `${key};` : `${key} = ${expression(g, inner)};`;
}

function staticBlock(g, scope) {
  const inner = inside(scope, { ...FIELD, isBlock: true });
  return `static {\n${statements(g, inner, g.random.between(1, 2)).text}}`;
}

function constructor(g, scope, isDerived) {
  const inner = inside(scope, METHOD);
  const { text, scope: body } = parameters(g, inner);
  const first = isDerived ? superCall(g, body) : "";
  const rest = statements(g, body, g.random.between(0, 2)).text;
  const last = g.random.chance(0.06) ? `return ${expression(g, body, "obj")};\n` : "";
  return `constructor(${text}) {\n${first}${rest}${last}}`;
}

/** Where `super()` may stand. Before it, nothing asks for `this`. */
function superCall(g, scope) {
  const before = { ...scope, privates: [], fn: { hasArguments: true, hasNewTarget: true } };
  const call = () => `super(${args(g, deeper(before))})`;
  switch (g.random.weighted({ plain: 8, branch: 1, arrow: 1, tried: 1, traced: 1, twice: 0.3, none: 0.2, early: 0.2 })) {
    case "branch": return `if (${expression(g, before)}) {\n${call()};\n} else {\n${call()};\n}\n`;
    case "arrow": return `(() => ${call()})();\n`;
    case "tried": return `try {\n${call()};\n} finally {\nlog(${g.label()});\n}\n`;
    case "traced": return `t(${g.label()}, ${call()});\n`;
    case "twice": return `${call()};\n${call()};\n`;
    case "none": return "";
    case "early": return `log(${g.label()}, this);\n${call()};\n`;
    default: return `${call()};\n`;
  }
}
