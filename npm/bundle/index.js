// build(config): the program of this platform, or the WebAssembly build.

"use strict";

const { resolve } = require("node:path");
const native = require("./lib/native.js");

/** What keeps a build from being one. */
class BuildError extends Error {
  constructor(diagnostics) {
    super(diagnostics.filter(({ severity }) => severity === "error").map(line).join("\n"));
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
  const { outputs, diagnostics } = await host;
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
  const written = isFile
    ? { config }
    : { ...(config && { text: JSON.stringify(config, null, 2) }) };
  return { cwd: resolve(cwd), mode, entries, ...written };
}

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

module.exports = { build, BuildError, defineConfig, withFilter };
