// Runs one exec fixture of Babel in a fresh realm of this Node: as it is written, as a classic
// script that our build made of it, or as CommonJS that swc made of each of its files. A process
// that babel.mjs starts, and asks case by case.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import vm from "node:vm";
import { expect } from "./expect.mjs";
import { beyondEs5 } from "./suite.mjs";
import { lowered } from "./swc.mjs";

const LIMIT = 10_000;
const nodes = createRequire(import.meta.url);

/** Reasons of promises that nobody handled while a case ran. */
const unhandled = [];
process.on("unhandledRejection", (error) => unhandled.push(error));
process.on("uncaughtException", (error) => unhandled.push(error));

const HOWS = { original, classic, swc: (test) => commonJs(test, bySwc) };
process.on("message", async ({ how, test }) => process.send({ failure: await HOWS[how](test) }));

/** Nothing where the fixture is fulfilled as its author wrote it, else what went wrong. */
function original(test) {
  return run(test, async (context) => {
    const load = modules(context, test.isModule && test.entry);
    if (test.isModule) return load.main(test.entry);
    return load.script(readFileSync(test.entry, "utf8"), test.entry);
  });
}

/** The same of a classic script. */
function classic(test) {
  return run(test, async (context) => {
    new vm.Script(test.built, { filename: basename(test.name) }).runInContext(context, {
      timeout: LIMIT,
    });
  });
}

/** The same of CommonJS; `convert` makes it of a file that `require` asks for. */
function commonJs(test, convert) {
  return run(test, async (context) => {
    const cache = new Map();
    const { dynamic } = modules(context);
    const load = (path, isMain) => {
      if (cache.has(path)) return cache.get(path).exports;
      const module = { exports: {} };
      cache.set(path, module);
      const require = (name) =>
        name.startsWith(".") ? load(found(dirname(path), name), false) : nodes(name);
      const text = convert(path, isMain ? test.isModule : isEsm(path));
      const around = wrapped(text, path, context, (specifier) =>
        dynamic(specifier, { identifier: path }),
      );
      around.call(module.exports, module.exports, require, module);
      return module.exports;
    };
    load(test.entry, true);
  });
}

function bySwc(path, isModule) {
  const text = lowered(readFileSync(path, "utf8"), { isModule });
  const words = beyondEs5(text);
  if (words) throw new Error(words);
  return text;
}

function isEsm(path) {
  return !path.endsWith(".cjs") && /^\s*(import|export)\b/m.test(readFileSync(path, "utf8"));
}

async function run(test, start) {
  unhandled.length = 0;
  const { context, returned } = realm();
  let timer;
  const late = new Promise(
    (_, reject) =>
      (timer = setTimeout(reject, LIMIT, new Error(`still running after ${LIMIT} ms`))),
  );
  try {
    await Promise.race([start(context).then(() => Promise.all(returned)), late]);
    // What a fixture leaves to run without returning it.
    for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
    if (unhandled.length > 0) throw unhandled[0];
  } catch (error) {
    if (test.throws) return null;
    return `${error?.name ?? "thrown"}: ${error?.message ?? String(error)}`;
  } finally {
    clearTimeout(timer);
  }
  return test.throws ? "nothing was thrown" : null;
}

/**
 * A global object with what Babel's runner gives its fixtures; `returned` is for what a wrapped one
 * returns.
 */
function realm() {
  const returned = [];
  const context = vm.createContext({
    expect,
    process,
    setTimeout,
    clearTimeout,
    setImmediate,
    console: { log() {}, warn() {}, error() {} },
    assert: nodes("assert"),
    assertNoOwnProperties: (object) => expect(Object.getOwnPropertyNames(object)).toHaveLength(0),
    multiline: (lines) => lines.join("\n"),
    returned: (value) => returned.push(value),
  });
  context.global = context;
  return { context, returned };
}

function wrapped(text, path, context, importModuleDynamically) {
  const code = `(function (exports, require, module) {${text}\n})`;
  return new vm.Script(code, { filename: path, importModuleDynamically }).runInContext(context, {
    timeout: LIMIT,
  });
}

function found(folder, name) {
  const path = resolve(folder, name);
  return (
    [path, `${path}.js`, `${path}.mjs`, `${path}.cjs`, `${path}.json`].find((each) =>
      existsSync(each),
    ) ?? path
  );
}

/** Node's own modules and functions around scripts, within the realm. */
function modules(context, entry) {
  const known = new Map();
  const evaluations = new Map();
  const load = (specifier, from) => {
    const path = found(dirname(from), specifier);
    if (known.has(path)) return known.get(path);
    const text = readFileSync(path, "utf8");
    const settings = { context, identifier: path, importModuleDynamically: dynamic };
    const isModule = path === entry || isEsm(path);
    const module = isModule ? new vm.SourceTextModule(text, settings) : synthetic(path, text);
    known.set(path, module);
    return module;
  };
  const script = (text, path) => {
    const module = { exports: {} };
    const read = (name) => readFileSync(found(dirname(path), name), "utf8");
    const require = (name) => (name.startsWith(".") ? script(read(name), path) : nodes(name));
    const around = wrapped(text, path, context, (specifier) =>
      dynamic(specifier, { identifier: path }),
    );
    around.call(module.exports, module.exports, require, module);
    return module.exports;
  };
  const synthetic = (path, text) => {
    const exports = script(text, path);
    const names = [...new Set(["default", ...Object.keys(exports)])];
    return new vm.SyntheticModule(
      names,
      function () {
        for (const name of names)
          this.setExport(name, name === "default" ? exports : exports[name]);
      },
      { context },
    );
  };
  const link = (specifier, importer) => load(specifier, importer.identifier);
  const dynamic = async (specifier, importer) => {
    const module = load(String(specifier), importer.identifier);
    if (module.status === "unlinked") await module.link(link);
    if (module.status === "errored") throw module.error;
    if (module.status === "linked") evaluations.set(module, module.evaluate());
    await evaluations.get(module);
    return module;
  };
  const main = async (path) => {
    const module = load(path, path);
    await module.link(link);
    await module.evaluate({ timeout: LIMIT });
  };
  return { main, script, dynamic };
}
