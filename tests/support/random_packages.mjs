// Random programs of pages that share packages, compared with the same sources run by Node. Each of
// two entries is a page of its own. Their modules come by barrels, from packages without side
// effects, from modules that log while they run, and from CommonJS; some come by `import()`. Some
// import a stylesheet: the stylesheet of an entry has those that its page needs, in their order.
// Nothing is in a cycle, so that a module has always run before its names are read.
//
// node random_packages.mjs BINARY FOLDER FIRST-SEED COUNT

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { random, report } from "./random_numbers.mjs";
import { LATER, inNode, onPage } from "./random_worlds.mjs";

const [binary, folder, first, count] = process.argv.slice(2);

const PACKAGES = ["p0", "p1", "p2"];
const ENTRIES = ["e0", "e1"];
const KINDS = ["esm", "pure", "pure", "barrel", "barrel", "pure barrel", "cjs"];

/**
 * What is built of each program, by name: the keys of its configuration. Classic scripts are of
 * kinds of which a page has one per entry.
 */
const FORMS = {
  cjs: { format: "cjs", minify: false },
  "cjs-min": { format: "cjs" },
  esm: { format: "esm" },
  alone: { splitting: false },
  async: { splitting: "async", minify: false },
  "async-min": { splitting: "async" },
  "async-registry": { splitting: "async", modules: "registry", minify: false },
  "async-cjs": { splitting: "async", format: "cjs" },
  mix: { manifest: "mix" },
  single: { areas: { e1: "src/e1.mjs" }, minify: false },
};

/** A function instead of a value gives it. */
const VALUE = 'function value(of) { return typeof of === "function" ? of() : of; }';

/** The line by which a module imports a stylesheet. */
const SHEET = /^import "\.\/(m\d+)\.css";$/m;

/** `pick(n)`: a whole number below n. Gives sources by path. */
function program(pick) {
  const one = (list) => list[pick(list.length)];
  const modules = [];
  const number = 14 + pick(14);
  for (let at = 0; at < number; at++) {
    const kind = one(KINDS);
    const home = kind.startsWith("pure") ? one(PACKAGES) : undefined;
    const extension = kind === "cjs" ? "cjs" : "mjs";
    const path = `${home ? `node_modules/${home}` : "src"}/m${at}.${extension}`;
    const module = { at, kind, home, path, exports: [], lines: [] };
    // Packages import packages only.
    const others = modules.filter((other) => other.exports.length > 0 && (!home || other.home));
    const world = { one, pick, others };
    if (kind === "cjs") commonjs(module, world);
    else if (kind.endsWith("barrel")) barrel(module, world);
    else values(module, world);
    modules.push(module);
  }
  const files = {};
  for (const { at, path, lines } of modules) {
    files[path] = text(lines);
    if (lines.some((line) => SHEET.test(line))) files[`src/m${at}.css`] = `.m${at} { top: 0 }\n`;
  }
  const known = modules.filter(({ exports }) => exports.length > 0);
  for (const name of ENTRIES)
    if (known.length > 0) files[`src/${name}.mjs`] = text(entry(name, { one, pick, others: known }));
  for (const home of PACKAGES)
    files[`node_modules/${home}/package.json`] = text([
      JSON.stringify({ name: home, version: "1.0.0", sideEffects: false }),
    ]);
  files["package.json"] = "{}\n";
  return files;
}

const text = (lines) => `${lines.join("\n")}\n`;

function specifier(from, to) {
  const file = to.path.split("/").pop();
  return JSON.stringify(to.home && to.home !== from.home ? `${to.home}/${file}` : `./${file}`);
}

/** Logs, and exports one value: what it requires, called if it can be. */
function commonjs(module, { one, pick, others }) {
  const { at, lines } = module;
  const read = [];
  lines.push(`log("runs ${at}");`, VALUE);
  for (let k = 0; k < 1 + pick(2) && others.length > 0; k++) {
    const other = one(others);
    lines.push(`var d${k} = require(${specifier(module, other)});`);
    read.push(`value(d${k}.${one(other.exports)})`);
  }
  lines.push(`exports.c${at} = [${read.join()}].join("+") + "c${at}";`);
  module.exports = [`c${at}`];
}

/** Re-exports alone, or with a log. */
function barrel(module, { one, pick, others }) {
  const names = new Set();
  const modules = others.filter(({ kind }) => kind !== "cjs");
  for (let k = 0; k < 1 + pick(3) && modules.length > 0; k++) {
    const other = one(modules);
    const isStar = pick(3) === 0;
    if (isStar && other.exports.some((name) => names.has(name))) continue;
    const own = `b${module.at}_${k}`;
    const clause = isStar ? "*" : `{ ${one(other.exports)} as ${own} }`;
    module.lines.push(`export ${clause} from ${specifier(module, other)};`);
    for (const name of isStar ? other.exports : [own]) names.add(name);
  }
  if (module.kind === "barrel" && pick(3) === 0) module.lines.push(`log("runs ${module.at}");`);
  module.exports = [...names];
}

/** Exports a value that is computed from others, and a function. Outside of packages it logs. */
function values(module, { one, pick, others }) {
  const { at, kind, home, lines } = module;
  const read = [];
  for (let k = 0; k < pick(3) && others.length > 0; k++) {
    const other = one(others);
    const name = one(other.exports);
    const isObject = other.kind === "cjs" || pick(4) === 0;
    const clause = other.kind === "cjs" ? `x${k}` : isObject ? `* as x${k}` : `{ ${name} as x${k} }`;
    lines.push(`import ${clause} from ${specifier(module, other)};`);
    read.push(`value(${isObject ? `x${k}.${name}` : `x${k}`})`);
  }
  lines.push(VALUE);
  if (kind === "esm") lines.push(`log("runs ${at}", ${read.join() || '""'});`);
  if (kind === "esm" && pick(2) === 0) lines.splice(pick(lines.length), 0, `import "./m${at}.css";`);
  const made = `[${read.join()}].join("-") + "k${at}"`;
  lines.push(
    `export const k${at} = ${home ? `/*#__PURE__*/ (() => ${made})()` : made};`,
    `export function f${at}() { return "f" + k${at}; }`,
  );
  module.exports = [`k${at}`, `f${at}`];
}

function entry(name, { one, pick, others }) {
  const lines = [VALUE];
  const from = { home: undefined };
  for (let k = 0; k < 4 + pick(4); k++) {
    const other = one(others);
    const own = one(other.exports);
    const wanted = specifier(from, other);
    const isLater = pick(3) === 0;
    if (other.kind === "cjs")
      lines.push(`import y${k} from ${wanted}; log("${name}", y${k}.${own});`);
    else if (isLater)
      lines.push(
        `actions.push(() => import(${wanted}).then((m) => log("${name} later", value(m.${own}))));`,
      );
    else lines.push(`import { ${own} as y${k} } from ${wanted}; log("${name}", value(y${k}));`);
  }
  return lines;
}

/** Builds a program in one form; gives the folder of its output. */
function build(source, form) {
  const out = join(dirname(source), form);
  const config = {
    name: "random",
    areas: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.mjs`])),
    outDir: out,
    target: "es2020",
    ...FORMS[form],
  };
  const file = join(source, "bundle.config.json");
  writeFileSync(file, JSON.stringify(config));
  execFileSync(binary, ["build", "--no-cache"], { cwd: source, stdio: "pipe" });
  return out;
}

/**
 * The stylesheets that a module needs, in order. `isLoaded`: with those of what `import()` loads,
 * which come last.
 */
function sheets(files, start, isLoaded) {
  const found = [];
  const seen = new Set();
  const later = [start];
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    const requests =
      /(import\(|\bfrom |\bimport |require\()"(\.\/|)((?:p\d\/)?(m\d+)\.(mjs|cjs|css))"/g;
    for (const [, how, isNear, name, stem, kind] of files[path].matchAll(requests)) {
      const home = isNear ? dirname(path) : "node_modules";
      if (how === "import(") later.push(`${home}/${name}`);
      else if (kind === "css") found.push(stem);
      else visit(`${home}/${name}`);
    }
  };
  while (later.length > 0 && (isLoaded || later[0] === start)) visit(later.shift());
  return found;
}

/** The classes of a stylesheet, each of a module. */
function classes(file) {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/\.(m\d+) ?\{/g)].map(([, name]) => name);
}

/** What a page logs with scripts that share nothing. */
function together(logs) {
  const parts = logs.map((log) => log.split(`${LATER}`));
  return [...parts.map(([now]) => now), LATER, ...parts.map(([, later]) => later)].join("");
}

async function check(seed) {
  const directory = join(folder, `seed-${seed}`);
  const source = join(directory, "source");
  const plain = join(directory, "plain");
  const files = program(random(seed));
  for (const [path, content] of Object.entries(files)) {
    for (const place of [source, plain]) mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(source, path), content);
    writeFileSync(join(plain, path), content.replace(SHEET, ""));
  }
  const wanted = [];
  for (const name of ENTRIES) wanted.push(await inNode(plain, [`src/${name}.mjs`]));
  const problems = [];
  const compare = (how, actual, expected) => {
    if (actual !== expected)
      problems.push(`${how}\n--- Node\n${expected}\n--- the output\n${actual}`);
  };
  for (const form of Object.keys(FORMS)) {
    const out = build(source, form);
    const { format, areas } = FORMS[form];
    const run = format ? inNode : onPage;
    if (format) {
      const type = format === "esm" ? "module" : "commonjs";
      writeFileSync(join(out, "package.json"), JSON.stringify({ type }));
    } else if (!areas) {
      const scripts = ENTRIES.map((name) => `${name}.js`);
      compare(`${form} both`, await onPage(out, scripts), together(wanted));
    }
    for (const [at, name] of ENTRIES.entries()) {
      if (areas && !areas[name]) continue;
      compare(`${form} ${name}`, await run(out, [`${name}.js`]), wanted[at]);
      if (format) continue;
      const sheet = sheets(files, `src/${name}.mjs`, form === "alone");
      compare(`${form} ${name}.css`, classes(join(out, `${name}.css`)).join(), sheet.join());
    }
  }
  if (problems.length === 0) rmSync(directory, { recursive: true });
  return problems.map((problem) => `seed ${seed} (${directory}): ${problem}`);
}

await report(check, first, count);
