// One test of test262 in fresh realms of this Node: as it is written, as the classic script that
// our build makes of it, and as CommonJS that Babel's preset-env makes of its files. A process that
// test262.mjs starts, and asks test by test.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import vm from "node:vm";
import { byPresetEnv } from "./preset-env.mjs";
import { readTest } from "./test262-header.mjs";

const LIMIT = 10_000;

const HOWS = {
  applies: async ({ directory, name }) => {
    const test = readTest(directory, name);
    return isRefused(test) || (await originalRuns(directory, test));
  },
  lanes: lanesOf,
};
process.on("message", async (message) => process.send(await HOWS[message.how](message)));

/**
 * What went wrong in one line, or null, by target: `ours`, and `babel` where it is asked for.
 */
async function lanesOf({ directory, name, work, binary, targets, withBabel, further }) {
  const test = readTest(directory, name);
  const entry = layOut(directory, test, work);
  const ours = {};
  const babel = {};
  for (const target of targets) {
    const built = bundled(test, entry, { binary, target, further });
    ours[target] = built.text === undefined
      ? built.failure
      : await outcomeOf(directory, test, built.text);
    if (withBabel) babel[target] = await outcomeOfBabel(directory, test, target);
  }
  rmSync(work, { recursive: true, force: true });
  return { ours, babel };
}

/** Its syntax must be refused before anything runs. */
function isRefused({ meta }) {
  return Boolean(meta.negative) && meta.negative.phase !== "runtime";
}

/** Copies the test and the files that it names, and those that they name. */
function layOut(directory, test, folder) {
  const from = join(directory, dirname(test.name));
  const copied = new Set();
  const copy = (name) => {
    const target = resolve(folder, name);
    const source = resolve(from, name);
    if (copied.has(name) || !existsSync(source) || !target.startsWith(dirname(folder))) return;
    copied.add(name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
    const text = readFileSync(source, "utf8");
    for (const [, specifier] of text.matchAll(/['"](\.\.?\/[^'"]+)['"]/g))
      copy(join(dirname(name), specifier));
  };
  copy(basename(test.name));
  return join(folder, basename(test.name));
}

/** The built text, or what is already known of the test without running it. */
function bundled(test, entry, { binary, target, further }) {
  const out = `${entry}.${target}.out.js`;
  const { code, stderr } = built(binary, entry, [
    "--no-config", "--no-cache", "--out-file", out, "--target", target, "--format", "iife",
    "--no-minify", "--sourcemap", "none",
    // With checks of the temporal dead zone.
    "--mode", "development", ...further,
  ]);
  if (code !== 0 && code !== 1)
    return { failure: `crash: exit code ${code}: ${stderr.slice(0, 200)}` };
  if (isRefused(test))
    return code === 1 && stderr.includes("error")
      ? { failure: null }
      : { failure: `accepted, but it is a ${test.meta.negative.type}` };
  if (code === 1) return { failure: `refused: ${stderr.split("\n").slice(0, 2).join(" ")}` };
  return { text: readFileSync(out, "utf8") };
}

function built(binary, entry, args) {
  try {
    const options = { cwd: dirname(entry), timeout: 20_000, maxBuffer: 1 << 26, stdio: "pipe" };
    execFileSync(binary, [basename(entry), ...args], options);
    return { code: 0, stderr: "" };
  } catch (error) {
    return { code: error.status ?? error.signal, stderr: String(error.stderr) };
  }
}

/** The same of CommonJS by Babel, each file by itself. */
async function outcomeOfBabel(directory, test, target) {
  if (isRefused(test)) {
    try {
      byPresetEnv(test.text, target);
      return `accepted, but it is a ${test.meta.negative.type}`;
    } catch {
      return null;
    }
  }
  return run(directory, test, async (context) => {
    const loaded = new Map();
    const load = (path) => {
      if (loaded.has(path)) return loaded.get(path).exports;
      const module = { exports: {} };
      loaded.set(path, module);
      const text = readFileSync(path, "utf8");
      if (path.endsWith(".json")) return (module.exports = JSON.parse(text));
      const code = `(function (exports, require, module) {${byPresetEnv(text, target)}\n})`;
      const around = new vm.Script(code, { filename: path }).runInContext(context);
      const require = (specifier) => load(resolve(dirname(path), specifier));
      around.call(undefined, module.exports, require, module);
      return module.exports;
    };
    load(resolve(directory, test.name));
  });
}

// What a test does after it is over is no longer anybody's.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

/** Does this Node pass the test as it is written? */
async function originalRuns(directory, test) {
  const modules = new Map();
  const evaluations = new Map();
  const outcome = await run(directory, test, async (context) => {
    const load = (path) => {
      if (modules.has(path)) return modules.get(path);
      const text = readFileSync(path, "utf8");
      const module = path.endsWith(".json")
        ? new vm.SyntheticModule(
            ["default"],
            function () {
              this.setExport("default", JSON.parse(text));
            },
            { context },
          )
        : new vm.SourceTextModule(text, {
            context,
            identifier: path,
            importModuleDynamically: dynamic,
          });
      modules.set(path, module);
      return module;
    };
    const link = (specifier, importer) => load(resolve(dirname(importer.identifier), specifier));
    const dynamic = async (specifier, importer) => {
      const module = link(specifier, importer);
      if (module.status === "unlinked") await module.link(link);
      // A module that was evaluated, or is being evaluated, as a dependency of another must not be
      // evaluated again: V8 would end the process.
      if (module.status === "errored") throw module.error;
      if (module.status === "linked") evaluations.set(module, module.evaluate());
      await evaluations.get(module);
      return module;
    };
    const main = load(resolve(directory, test.name));
    await main.link(link);
    await main.evaluate({ timeout: LIMIT });
  }).catch((error) => String(error));
  return outcome === null;
}

/** Runs a classic script as the test. Nothing where the test is fulfilled, else what went wrong. */
function outcomeOf(directory, test, text) {
  return run(directory, test, async (context) => {
    new vm.Script(text, { filename: basename(test.name) }).runInContext(context, {
      timeout: LIMIT,
    });
  });
}

async function run(directory, { meta }, start) {
  let finish;
  const printed = new Promise((resolve) => (finish = resolve));
  const context = realm(finish);
  const isAsync = meta.flags.includes("async");
  for (const name of [
    "sta.js",
    "assert.js",
    ...(isAsync ? ["doneprintHandle.js"] : []),
    ...meta.includes,
  ]) {
    new vm.Script(readFileSync(join(directory, "harness", name), "utf8"), {
      filename: name,
    }).runInContext(context);
  }
  let timer;
  const late = new Promise(
    (resolve) => (timer = setTimeout(resolve, LIMIT, `still running after ${LIMIT} ms`)),
  );
  try {
    const ended = start(context).then(() => (isAsync ? printed : "complete"));
    const said = await Promise.race([ended, late]);
    if (meta.negative) return `nothing was thrown, expected ${meta.negative.type}`;
    return said === "complete" || said === "Test262:AsyncTestComplete" ? null : String(said);
  } catch (error) {
    const name = error?.constructor?.name ?? error?.name;
    if (meta.negative?.phase === "runtime" && name === meta.negative.type) return null;
    return `${name}: ${error?.message ?? error}`;
  } finally {
    clearTimeout(timer);
  }
}

/** A global object with what INTERPRETING.md asks of a host. */
function realm(print) {
  const context = vm.createContext({});
  const global = vm.runInContext("globalThis", context);
  global.print = (text) => print(String(text));
  global.setTimeout = setTimeout;
  global.$262 = {
    global,
    gc() {},
    evalScript: (text) => vm.runInContext(text, context),
    createRealm: () => realm(print).$262,
    detachArrayBuffer: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
    agent: {},
  };
  return context;
}
