// Evaluates a configuration that is a script. Node reads this text from its standard input, with
// the file and the mode as arguments. The last line that it prints is
// {"bundle": {"files": [path], "value": any} or {"files": [path], "failure": {…}}}.
// Node 14 and later can run it.

"use strict";

const { spawnSync } = require("child_process");
const { existsSync, readFileSync } = require("fs");
const { createRequire } = require("module");
const { dirname, extname, resolve } = require("path");
const { fileURLToPath, pathToFileURL } = require("url");

const TYPESCRIPT = [".ts", ".mts", ".cts"];
const [file, mode] = process.argv.slice(2);
const isCompiled = TYPESCRIPT.includes(extname(file)) && !process.features.typescript;
const print = process.stdout.write.bind(process.stdout);
// What the script prints must not mix with the answer.
process.stdout.write = process.stderr.write.bind(process.stderr);

evaluate()
  .then((value) => ({ value }), (error) => ({ failure: error.failure || failure(error) }))
  .then((answer) => {
    const line = JSON.stringify({ bundle: { files: imported(file, new Set()), ...answer } });
    print(`\n${line}\n`, () => process.exit(0));
  });

async function evaluate() {
  const loaded = isCompiled ? compiled() : await import(pathToFileURL(file).href);
  let value = loaded.default;
  if (value && value.__esModule) value = value.default;
  if (value === undefined) refuse("it has no default export");
  if (typeof value === "function") value = await value({ mode });
  value = await value;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse(`it exports ${kind(value)}, and not an object`);
  check(value, "", []);
  return value;
}

/** Loads TypeScript in a Node that cannot: the project's own compiler makes CommonJS of it. */
function compiled() {
  const own = createRequire(file);
  let typescript;
  try {
    typescript = own("typescript");
  } catch {
    const { version } = process;
    const message = `Node ${version} runs no TypeScript, and the package typescript is not installed`;
    throw Object.assign(new Error(message), { failure: { message, version, code: "NO_TYPESCRIPT" } });
  }
  const { ModuleKind, ScriptTarget, transpileModule } = typescript;
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2020,
    esModuleInterop: true,
  };
  for (const extension of TYPESCRIPT)
    require.extensions[extension] = (module, fileName) => {
      const text = readFileSync(fileName, "utf8");
      module._compile(transpileModule(text, { fileName, compilerOptions }).outputText, fileName);
    };
  return own(file);
}

function refuse(message) {
  throw Object.assign(new Error(message), { failure: { message } });
}

/** Refuses what JSON has no form for. */
function check(value, path, above) {
  if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  const isList = Array.isArray(value);
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(Object(value)));
  if (typeof value !== "object" || !(isList || isPlain)) refuse(`${path} is ${kind(value)}`);
  if (above.includes(value)) refuse(`${path} contains itself`);
  for (const key of Object.keys(value)) {
    const inner = isList ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (isList && value[key] === undefined) refuse(`${inner} is undefined`);
    check(value[key], inner, [...above, value]);
  }
}

function kind(value) {
  if (value === null || value === undefined || typeof value === "number") return String(value);
  if (Array.isArray(value)) return "a list";
  const name = typeof value === "object" ? value.constructor && value.constructor.name : typeof value;
  return `a ${name || "object"}`;
}

/** What was thrown, and where: the nearest place that is not in a package. */
function failure(error) {
  const { version } = process;
  const isError = error !== null && typeof error === "object" && "message" in error;
  if (!isError) return { message: `it throws ${String(error)}`, version };
  const message = `${error.name}: ${error.message}`;
  const place = error.name === "SyntaxError" ? checked() : thrown(String(error.stack));
  return { message, version, code: error.code, ...(isCompiled ? undefined : place) };
}

function thrown(stack) {
  const places = stack.split("\n").flatMap((frame) => {
    const where = /\(([^()]+)\)$/.exec(frame) || /^\s+at (?:async )?(.+)$/.exec(frame) || [];
    const [, path, line, column] = /^(.+):(\d+):(\d+)$/.exec(where[1] || "") || [];
    return path === undefined ? [] : [{ file: pathOf(path), line: Number(line), column: Number(column) }];
  });
  return places.find(({ file }) => !/[\\/]node_modules[\\/]/.test(file) && existsSync(file));
}

function pathOf(where) {
  return where.startsWith("file:") ? fileURLToPath(where) : where;
}

/** The place of an error of syntax: only Node's own report of it has that. */
function checked() {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
  const [, where, line] = /^(.+):(\d+)\r?\n/.exec(stderr || "") || [];
  if (where === undefined) return undefined;
  const mark = /^ *\^/m.exec(stderr);
  return { file: pathOf(where), line: Number(line), column: mark ? mark[0].length : 1 };
}

/** The files that a script imports by a path, and those that they import. */
function imported(script, seen) {
  if (seen.has(script) || !existsSync(script)) return [...seen];
  seen.add(script);
  const requests = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'])(\.{1,2}\/[^"']+)\1/g;
  let text = "";
  try {
    text = readFileSync(script, "utf8");
  } catch {
    return [...seen];
  }
  for (const [, , request] of text.matchAll(requests)) {
    const path = resolve(dirname(script), request);
    const found = ["", ".js", ".cjs", ".json", ...TYPESCRIPT].map((end) => path + end).find(existsSync);
    if (found !== undefined) imported(found, seen);
  }
  return [...seen];
}
