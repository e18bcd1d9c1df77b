// Runs outputs in Node, one fresh context each: a request per line on standard input, an answer per
// line on standard output. tests/support/node.rs starts it with --experimental-vm-modules, and
// keeps it for many cases.
//
// request  { format, ecma, scripts: [{ name, path, role }], folder?, before?, run?, timeout,
//          executes, ascii }
//          role: "entry", "chunk" (an entry needs it: on a page it comes first), "later" (only
//          loaded on request);
//          folder: where the scripts of an output that splits are
// answer   { ok: true, logs } or { ok: false, error, logs }

import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { openPage } from "./page.mjs";
import { checkSyntax } from "./syntax.mjs";

const prelude = new vm.Script(readFileSync(new URL("prelude.js", import.meta.url), "utf8"), {
  filename: "prelude.js",
});
const nodeRequire = createRequire(import.meta.url);

/** The one case that runs now: where a rejection that nobody handles is reported. */
let current = null;
process.on("unhandledRejection", (reason) => current?.reject(reason));
process.on("uncaughtException", (error) => current?.reject(error));

async function answerTo(request) {
  const context = newContext();
  try {
    for (const script of request.scripts) {
      script.text = readFileSync(script.path, "utf8");
      await checkSyntax(script, request);
    }
    if (request.executes) await withTimeout(request.timeout, () => runAll(context, request));
    return { ok: true, logs: [...context.logs] };
  } catch (error) {
    return { ok: false, error: describe(error), logs: [...context.logs].map(String) };
  }
}

/** A page without a document: the names every host has, and the prelude's. */
function newContext() {
  const host = {
    setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, setImmediate, console,
    URL, TextEncoder, TextDecoder, atob,
  };
  const context = vm.createContext({ ...host });
  prelude.runInContext(context);
  return context;
}

async function runAll(
  context,
  { format, scripts: all, folder, before, run, timeout, is_for_node },
) {
  const scripts = all.filter(
    ({ role }) => role === "entry" || (role === "chunk" && format === "iife"),
  );
  const entries = all.filter(({ role }) => role === "entry");
  const page = folder && format === "iife" ? openPage(context, folder) : undefined;
  context.bundles = vm.runInContext("({})", context);
  context.externals = vm.runInContext("({})", context);
  if (before) runScript(context, readFileSync(before, "utf8"), "before.js", timeout);
  for (const script of scripts) {
    const loaded = page
      ? onPage(context, page, script, folder)
      : await load[format](context, script, timeout, is_for_node);
    if (script.role !== "entry") continue;
    context.bundles[script.name] = loaded;
    if (script === entries[0]) context.bundle = loaded;
  }
  context.bundle = context.bundles[entries[0].name];
  if (run) runScript(context, readFileSync(run, "utf8"), "run.js", timeout);
  if (context.done.pending > 0) await new Promise((resolve) => (context.done.notify = resolve));
  if (context.done.errors.length > 0) throw new Error(context.done.errors.join("\n"));
  // A rejection is only known to be unhandled once the microtasks have run.
  await new Promise((resolve) => setImmediate(resolve));
}

function onPage(context, page, { path, role }, folder) {
  if (role === "entry") context.bundle = undefined;
  page.run(relative(folder, path));
  if (page.errors.length > 0) throw page.errors[0];
  return context.bundle;
}

const load = {
  iife(context, { path, text }, timeout, isForNode) {
    context.bundle = undefined;
    if (isForNode) context.require = (specifier) => external(context, specifier);
    runScript(context, text, path, timeout);
    return context.bundle;
  },

  cjs(context, { path }, timeout) {
    const loaded = new Map();
    const required = (path) => {
      if (loaded.has(path)) return loaded.get(path).exports;
      const wrapper =
        "(function (exports, require, module, __filename, __dirname) " +
        `{${readFileSync(path, "utf8")}\n})`;
      const body = runScript(context, wrapper, path, timeout);
      const module = vm.runInContext("({ exports: {} })", context);
      loaded.set(path, module);
      const require = (specifier) =>
        isRelative(specifier)
          ? required(resolve(dirname(path), specifier))
          : external(context, specifier);
      try {
        body.call(module.exports, module.exports, require, module, path, ".");
      } catch (error) {
        loaded.delete(path);
        throw error;
      }
      return module.exports;
    };
    context.required ??= required;
    return context.required(path);
  },

  async esm(context, { path }, timeout) {
    context.modules ??= new Map();
    const link = (specifier, importer) => {
      if (!isRelative(specifier)) return externalModule(context, specifier);
      return moduleAt(resolve(dirname(importer.identifier), specifier));
    };
    const moduleAt = (path) => {
      if (!context.modules.has(path)) context.modules.set(path, made(path));
      return context.modules.get(path);
    };
    const made = (path) => new vm.SourceTextModule(readFileSync(path, "utf8"), {
      context,
      identifier: path,
      importModuleDynamically: async (specifier, importer) => {
        const imported = await link(specifier, importer);
        await linked(imported);
        await imported.evaluate();
        return imported;
      },
      initializeImportMeta: (meta) => (meta.url = "file:///page/main.js"),
    });
    // Whoever asks for a module that is being linked waits for that.
    const linked = (module) =>
      (module.ready ??= module.status === "unlinked" ? module.link(link) : Promise.resolve());
    const module = moduleAt(path);
    await linked(module);
    await module.evaluate({ timeout });
    return module.namespace;
  },
};

const isRelative = (specifier) => specifier.startsWith("./") || specifier.startsWith("../");

/**
 * What `require` returns for an external: what the case's before.js put into `externals`, or a
 * module of Node.
 */
function external(context, specifier) {
  if (Object.hasOwn(context.externals, specifier)) return context.externals[specifier];
  return nodeRequire(specifier.startsWith("node:") ? specifier : "node:" + specifier);
}

function externalModule(context, specifier) {
  const value = external(context, specifier);
  const names = new Set(["default", ...(Object(value) === value ? Object.keys(value) : [])]);
  return new vm.SyntheticModule(
    [...names],
    function () {
      for (const name of names) {
        this.setExport(
          name,
          name === "default" && !("default" in Object(value)) ? value : value[name],
        );
      }
    },
    { context },
  );
}

function runScript(context, text, filename, timeout) {
  return new vm.Script(text, { filename }).runInContext(context, { timeout });
}

async function withTimeout(milliseconds, run) {
  let timer;
  const stopped = new Promise((_, reject) => {
    current = { reject };
    timer = setTimeout(
      () => reject(new Error(`still running after ${milliseconds} ms`)),
      milliseconds,
    );
  });
  // Without a handler of its own, a rejection after the race would be reported for the next case.
  stopped.catch(() => {});
  try {
    await Promise.race([run(), stopped]);
  } finally {
    clearTimeout(timer);
    current = null;
  }
}

/** The error's words, and the frames of its stack that are not this file's. */
function describe(error) {
  const here = fileURLToPath(import.meta.url);
  const frames = String(error?.stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "));
  const useful = frames.filter((line) => !line.includes(here) && !line.includes("node:"));
  return [String(error), ...useful.slice(0, 10)].join("\n");
}

// Last, once everything above is initialised.
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await answerTo(JSON.parse(line));
  process.stdout.write(JSON.stringify(answer) + "\n");
}
