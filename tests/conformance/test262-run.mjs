// One test of test262: what its header says, and whether a text passes it in a fresh realm of this
// Node.

import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import vm from "node:vm";

const LIMIT = 10_000;

// What a test does after it is over is no longer anybody's.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

/** The test's path below DIR, its text, and its header. */
export function readTest(directory, name) {
  const text = readFileSync(join(directory, name), "utf8");
  return { name, text, meta: header(text) };
}

/** The few shapes of YAML that the headers use. */
function header(text) {
  const yaml = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? "";
  const list = (key) => {
    const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, "m").exec(yaml);
    const lines = new RegExp(`^${key}:\\s*\\n((?:\\s+-.*\\n?)+)`, "m").exec(yaml);
    const items = inline
      ? inline[1].split(",")
      : lines
        ? lines[1].split("\n").map((line) => line.replace(/^\s*-/, ""))
        : [];
    return items.map((item) => item.trim()).filter(Boolean);
  };
  const negative = /^negative:\s*\n((?:[ \t]+.*\n?)+)/m.exec(yaml)?.[1];
  const field = (key) => new RegExp(`${key}:\\s*(\\S+)`).exec(negative)?.[1];
  return {
    flags: list("flags"),
    features: list("features"),
    includes: list("includes"),
    negative: negative ? { phase: field("phase"), type: field("type") } : undefined,
  };
}

/** Does this Node pass the test as it is written? */
export async function originalRuns(directory, test) {
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
export function outcomeOf(directory, test, text) {
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
