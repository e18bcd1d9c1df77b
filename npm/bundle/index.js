// build(config) by the program of this platform, or by the WebAssembly build; what else a program
// may ask for needs the former.

"use strict";

const { resolve } = require("node:path");
const { Builder } = require("./lib/context.js");
const native = require("./lib/native.js");
const { Watcher } = require("./lib/watch.js");

/** What keeps a build from being one. */
class BuildError extends Error {
  constructor(diagnostics) {
    super(
      diagnostics
        .filter(({ severity }) => severity === "error")
        .map(line)
        .join("\n"),
    );
    this.name = "BuildError";
    this.diagnostics = diagnostics;
  }
}

function line({ file, line, column, message, code }) {
  return `${file ? `${file}:${line}:${column}: ` : ""}${message} [${code}]`;
}

/** See index.d.ts. */
async function build(config, options = {}) {
  const found = native.find();
  const asked = request(config, options);
  if (found.binary === undefined) native.without(found);
  const host =
    found.binary === undefined
      ? require("./lib/wasm.js").build({ ...asked, package: found.name })
      : native.build(found.binary, asked);
  return result(await host);
}

/** See index.d.ts. */
function watch(config, options = {}) {
  return new Watcher(program("watch"), request(config, options), (found) => new BuildError(found));
}

/** See index.d.ts. */
function context(config, options = {}) {
  const binary = program("context");
  const asked = request(config, options);
  const builder = new Builder(binary, asked);
  const watchers = new Set();
  let isDisposed = false;
  const check = () => {
    if (isDisposed) throw new Error("this context is disposed");
  };
  return {
    async rebuild() {
      check();
      return result(await builder.build());
    },
    watch() {
      check();
      const watcher = new Watcher(binary, asked, (found) => new BuildError(found));
      watchers.add(watcher);
      watcher.on("close", () => watchers.delete(watcher));
      return watcher;
    },
    async dispose() {
      isDisposed = true;
      await Promise.all([builder.end(), ...[...watchers].map((watcher) => watcher.close())]);
    },
  };
}

/** See index.d.ts. */
async function inspect(what, config, options = {}) {
  if (!["config", "graph"].includes(what))
    throw new TypeError(`inspect: "config" or "graph", and not "${what}"`);
  const asked = request(config, options);
  const { answer, ...found } = await native.build(program("inspect"), asked, [
    "inspect",
    what,
    "--json",
  ]);
  result(found);
  return JSON.parse(answer);
}

/** The program, for what only the program can do. */
function program(call) {
  const { binary, name } = native.find();
  if (binary !== undefined) return binary;
  throw new Error(`${call} needs the native program${name ? `: install ${name}` : ""}`);
}

function result({ outputs, diagnostics }) {
  const told = diagnostics.map(({ drawn, ...diagnostic }) => diagnostic);
  if (told.some(({ severity }) => severity === "error")) throw new BuildError(told);
  return { outputs, diagnostics: told };
}

function request(config, { cwd = ".", mode, entries = [], ...unknown }) {
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined)
    throw new TypeError(`build: there is no option "${surplus}"; it has cwd, mode and entries`);
  const isFile = typeof config === "string";
  if (!isFile && config !== undefined && (typeof config !== "object" || config === null)) {
    throw new TypeError("build: the configuration is an object, or the path of a file");
  }
  const plugin = !isFile && [].concat((config && config.plugins) || []).find(isObject);
  if (plugin)
    throw new TypeError(
      `build: plugins of an object are names, because they run in another process; a configuration ` +
        `file may have the plugin ${plugin.name} itself`,
    );
  const written = isFile
    ? { config }
    : { ...(config && { text: JSON.stringify(config, null, 2) }) };
  return { cwd: resolve(cwd), mode, entries, ...written };
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** See index.d.ts. */
const defineConfig = (config) => config;

/** See index.d.ts. */
function withFilter(plugin, filters) {
  const filtered = Object.entries(filters).map(([name, filter]) => {
    const hook = plugin[name];
    if (hook === undefined) throw new TypeError(`withFilter: ${plugin.name} has no hook ${name}`);
    return [name, { ...(typeof hook === "function" ? { handler: hook } : hook), filter }];
  });
  return { ...plugin, ...Object.fromEntries(filtered) };
}

module.exports = { build, watch, context, inspect, BuildError, defineConfig, withFilter };
