// A random program. What it does early is the same in Node and in an ES5 engine: names that others
// read while modules still run are `var`s and functions, so that what has not run yet is
// `undefined` everywhere.

/**
 * `pick(n)`: a whole number below n. Gives sources by name, and the entries among them. `free`: in
 * every second program, the modules that a package.json may call free of side effects.
 */
export function program(pick) {
  const chance = (percent) => pick(100) < percent;
  // As many as a site has areas, or a few that are small enough to be looked through.
  const isSite = chance(12);
  const count = isSite ? 20 + pick(22) : 4 + pick(22);
  const entryCount = isSite ? 12 : Math.min(2 + pick(4), count - 1);
  const isPackage = chance(50);
  const modules = [];
  for (let at = 0; at < count; at++) {
    const isEntry = at < entryCount;
    const kind =
      !isEntry && chance(20)
        ? "cjs"
        : !isEntry && chance(isPackage ? 45 : 25)
          ? "pure"
          : !isEntry && chance(isPackage ? 45 : 12)
            ? "barrel"
            : "esm";
    modules.push({ at, kind, name: kind === "cjs" ? `m${at}.cjs` : `m${at}.mjs` });
  }
  const density = 1 + pick(3);
  const files = {};
  // From the last one, because a barrel has no side effects if nothing that it imports has any.
  for (const module of modules.toReversed())
    files[module.name] = source(module, modules, { pick, chance, density, isPackage });
  // Constants are in modules that import nothing, so nobody reads them too early, whatever cycles
  // there are.
  for (const { at } of modules) files[`c${at}.mjs`] = constants(at);
  const names = (some) => some.map(({ name }) => name);
  return {
    files,
    free: names(modules.filter(({ isFree }) => isFree)),
    entries: names(modules.slice(0, entryCount)),
  };
}

/**
 * The modules that one imports: mostly later ones, sometimes any, so that there are cycles and
 * entries that import entries. A module without side effects imports later ones like itself: what
 * only it imports does not run unless somebody uses it.
 */
function imported(module, modules, { pick, chance, density, isPackage }) {
  module.isFree = isPackage && module.kind === "pure";
  const found = new Set();
  const wanted = pick(density + 2) + (module.kind === "barrel" ? 1 : 0);
  for (let at = 0; at < wanted; at++) {
    const later = modules.length - module.at - 1;
    const other =
      chance(12) || later === 0
        ? modules[pick(modules.length)]
        : modules[module.at + 1 + pick(later)];
    if (other !== module && (!module.isFree || other.isFree)) found.add(other);
  }
  // Last of all: then others may use its names before this module does.
  const free = modules.filter(({ isFree }) => isFree);
  if (module.kind === "esm" && free.length > 0 && chance(60)) found.add(free[pick(free.length)]);
  return [...found];
}

function source(module, modules, world) {
  const { chance, isPackage } = world;
  const others = imported(module, modules, world);
  if (module.kind === "barrel") module.isFree = isPackage && others.every(({ isFree }) => isFree);
  if (module.kind === "cjs") return commonjs(module, others.filter(({ kind }) => kind === "cjs"));
  if (module.kind === "barrel") return barrel(module, others);
  const { lines, reads } = imports(module, others, world);
  const own = module.at;
  lines.unshift(`export { c, fixed } from "./c${own}.mjs";`);
  // What a module without side effects computes from others shows when it ran.
  const state = module.isFree ? ["", ...reads].join(" + ") : "";
  lines.push(
    `export var v = "v${own}"${state};`,
    `export var n${own} = 0;`,
    `export function f() { return "f${own}" + v; }`,
  );
  if (module.kind === "pure") {
    lines.push(
      `export function step() { return ++n${own}; }`,
      "export default function () { return f(); }",
    );
    return lines.join("\n") + "\n";
  }
  lines.push(`log("runs ${own}"${reads.map((read) => `, ${read}`).join("")});`);
  lines.push(
    `export function step() { n${own} += 2; return n${own}; }`,
    `export default function () { return "d${own}" + v; }`,
  );
  if (chance(30)) lines.push(`v = v + "!";`);
  if (chance(25)) lines.push(dynamic(module, modules, world));
  if (chance(50)) lines.push(...objects(module, others, world));
  return lines.join("\n") + "\n";
}

function imports(module, others, { pick }) {
  const lines = [];
  const reads = [];
  for (const other of others) {
    const from = JSON.stringify(`./${other.name}`);
    const local = `i${other.at}`;
    const isModule = other.kind === "esm" || other.kind === "pure";
    if (other.names?.length > 0 && pick(2) === 0) {
      lines.push(`import { ${other.names[pick(other.names.length)]} as ${local} } from ${from};`);
      reads.push(local);
      continue;
    }
    switch (pick(other.kind === "barrel" ? 2 : 5)) {
      case 0:
        lines.push(`import ${from};`);
        break;
      case 1:
        lines.push(`import * as ${local} from ${from};`);
        reads.push(module.kind === "pure" ? "" : `Object.keys(${local}).length`);
        if (isModule) reads.push(`${local}.v`);
        break;
      case 2:
        lines.push(`import { v as ${local} } from ${from};`);
        reads.push(local);
        break;
      case 3:
        lines.push(`import ${local} from ${from};`);
        reads.push(isModule ? called(local, pick) : `${local}.v`);
        break;
      default:
        // Counting is a side effect.
        lines.push(
          isModule && !module.isFree
            ? `import { step as ${local}, n${other.at} as ${local}n } from ${from};`
            : `import { f as ${local} } from ${from};`,
        );
        reads.push(called(local, pick), ...(isModule && !module.isFree ? [`${local}n`] : []));
    }
  }
  return { lines, reads: reads.filter(Boolean) };
}

/** What a function gives: one that is only mentioned may stand there itself. */
function called(name, pick) {
  return pick(2) === 0 ? `${name}()` : `[${name}].map(function (run) { return run(); })[0]`;
}

function constants(at) {
  const object = `{ lit: ${at}, text: "t${at}", data: [${at}], add() { return ++this.lit; } }`;
  return (
    `export const c = ${object};\n` +
    `export const fixed = Object.freeze({ on: ${at}, off: "o${at}" });\n`
  );
}

/**
 * Reads and changes of what others export as objects. They wait, so that all see the same changes
 * in the same order.
 */
function objects(module, others, { pick, chance }) {
  const lines = [];
  for (const other of others.filter(({ kind }) => kind === "esm" || kind === "pure")) {
    const from = JSON.stringify(`./${other.name}`);
    const local = `o${other.at}`;
    const isNamespace = chance(50);
    lines.push(
      isNamespace
        ? `import * as ${local} from ${from};`
        : `import { c as ${local}, fixed as ${local}f } from ${from};`,
    );
    const [object, fixed] = isNamespace ? [`${local}.c`, `${local}.fixed`] : [local, `${local}f`];
    const reads =
      `${object}.lit, ${object}["text"], ${object}.data[0], ${fixed}.on, ${fixed}.off.length`;
    const change = chance(35) ? CHANGES[pick(CHANGES.length)](object, module.at) : "";
    lines.push(`actions.push(function () { ${change} log("${module.at} sees", ${reads}); });`);
  }
  return lines;
}

/** What may happen to an object; the last ones change nothing. */
const CHANGES = [
  (object, value) => `${object}.lit = ${value};`,
  (object) => `${object}.lit++;`,
  (object) => `${object}.add();`,
  (object) => `delete ${object}.text;`,
  (object, value) => `(function (given) { given.lit = ${value}; })(${object});`,
  (object, value) => `${object}["li" + "t"] = ${value};`,
  (object, value) => `const alias = ${object}; alias.text = "${value}";`,
  (object, value) => `[${object}.lit] = [${value}];`,
  (object, value) => `for (${object}.text of ["${value}"]);`,
  (object) => `log(Object.keys(${object}).join());`,
  (object) => `const { lit, ...rest } = ${object}; log(lit, rest.text);`,
  (object) => `log(${object}?.lit);`,
  (object) => `log(${object}.missing);`,
  (object) => `log(${object}.hasOwnProperty("lit"));`,
];

/** Re-exports alone: two stars may give one name, which then nobody has. */
function barrel(module, others) {
  // What other modules may import by name.
  module.names = [];
  const lines = others.map((other, index) => {
    const from = JSON.stringify(`./${other.name}`);
    if (other.kind === "barrel" || other.kind === "cjs")
      return index % 2 ? `import ${from};` : `export * as s${other.at} from ${from};`;
    if (index % 2) return `export * from ${from};`;
    module.names.push(`w${other.at}`);
    return `export { v as w${other.at}, step as t${other.at} } from ${from};`;
  });
  // First of all, so that they are there whatever imports what.
  lines.unshift(
    ...others.map((other) => `export { c as c${other.at} } from "./c${other.at}.mjs";`),
  );
  return lines.concat(`export var own = "b${module.at}";`).join("\n") + "\n";
}

function commonjs(module, others) {
  const lines = [`log("runs ${module.at}");`, `exports.v = "c${module.at}";`];
  lines.push(`exports.f = function () { return "f" + exports.v; };`);
  for (const other of others)
    lines.push(`log("${module.at} has", Object.keys(require("./${other.name}")).join());`);
  return lines.join("\n") + "\n";
}

/** An `import()` that waits until somebody runs it: what it logs then is compared too. */
function dynamic(module, modules, { pick }) {
  const other = modules[pick(modules.length)];
  const then =
    `function (ns) { log("${module.at} got", Object.keys(ns).filter(function (key) { ` +
    `return key !== "module.exports"; }).sort().join(), ns.v, ns.c && ns.c.lit++); }`;
  return `actions.push(function () { return import("./${other.name}").then(${then}); });`;
}
