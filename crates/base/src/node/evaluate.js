// Evaluates a configuration that is a script.

const TYPESCRIPT = [".ts", ".mts", ".cts"];

/** Returns whether a script has to be compiled, because Node cannot run it. */
function isCompiled(file) {
  return TYPESCRIPT.includes(extname(file)) && !process.features.typescript;
}

/**
 * Returns `{ files, value, plugins }`, or `{ files, failure }`. `files` are the script and what it
 * imports by a path; `value` is JSON; `plugins` describes the plugins, which are kept.
 */
async function evaluate({ file, mode, project }) {
  const files = () => imported(file, new Set());
  try {
    let value = await exported(file);
    if (typeof value === "function") value = await value({ mode });
    value = await value;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      refuse(`it exports ${kind(value)}, and not an object`);
    const { plugins, ...data } = value;
    check(data, "", []);
    const described = plugins === undefined ? [] : await usePlugins(plugins, { mode, project });
    return { files: files(), value: data, plugins: described };
  } catch (error) {
    return { files: files(), failure: error.failure || failure(error, file) };
  }
}

/** Returns the default export of a script. `version`: what tells its text from an earlier one. */
async function exported(file, version = "") {
  const address = `${pathToFileURL(file).href}${version && `?${version}`}`;
  const loaded = isCompiled(file) ? compiled(file) : await importLeniently(address);
  let value = loaded.default;
  if (value && value.__esModule) value = value.default;
  if (value === undefined) refuse("it has no default export");
  return value;
}

/** Imports a module, in which imports of files may leave out the extension, as Vite allows it. */
async function importLeniently(address) {
  try {
    return await importModule(address);
  } catch (error) {
    const codes = ["ERR_MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT"];
    if (!codes.includes(error.code) || !register) throw error;
    register(`data:text/javascript,${encodeURIComponent(RESOLVE)}`);
    // Node remembers that the first address failed.
    return importModule(`${address}${address.includes("?") ? "&" : "?"}lenient`);
  }
}

/** A hook of Node's modules that tries extensions. */
const RESOLVE = `export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!/^\\.\\.?\\//.test(specifier)) throw error;
    for (const ending of [".js", ".mjs", ".cjs", ".ts", ".mts", "/index.js", "/index.mjs"]) {
      try {
        return await next(specifier + ending, context);
      } catch {}
    }
    throw error;
  }
}`;

/**
 * Reads the configuration of another tool: JSON, or a script of either kind. In package.json it is
 * under `key`.
 */
async function readConfig(file, own, digest, key) {
  const name = basename(file);
  if (name === "package.json") return JSON.parse(readFileSync(file, "utf8"))[key];
  if (/^\.\w+rc$|\.json$/.test(name)) return json5(readFileSync(file, "utf8"));
  if (isCompiled(file)) return exported(file);
  for (const each of namedBy(file)) delete own.cache[each];
  try {
    const loaded = own(file);
    // Newer versions of Node require modules too, and remember them for good.
    if (isModuleNamespaceObject(loaded)) return exported(file, digest);
    return loaded && loaded.__esModule ? loaded.default : loaded;
  } catch (error) {
    const is_for_import = ["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"].includes(error.code);
    if (!is_for_import && !(error instanceof SyntaxError)) throw error;
    return exported(file, digest);
  }
}

/** Reads JSON with comments, commas at the end and names without quotes, as Babel does. */
function json5(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    try {
      // Without globals: what is no data throws.
      return JSON.parse(JSON.stringify(runInNewContext(`(${text}\n)`, { __proto__: null })));
    } catch {
      throw error;
    }
  }
}

/** Loads TypeScript in a Node that cannot: the project's own compiler makes CommonJS of it. */
function compiled(file) {
  const own = createRequire(file);
  const { version } = process;
  const refuseTypeScript = (why) =>
    refuse(`Node ${version} runs no TypeScript, and ${why}`, { version, code: "NO_TYPESCRIPT" });
  let typescript;
  try {
    typescript = own("typescript");
  } catch {
    refuseTypeScript("the package typescript is not installed");
  }
  const { ModuleKind, ScriptTarget, transpileModule } = typescript;
  if (!transpileModule)
    refuseTypeScript(`typescript ${typescript.version} cannot be called by other programs`);
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

/** What was thrown, and where: the nearest place that is not in a package. */
function failure(error, file) {
  const { version } = process;
  const isError = error !== null && typeof error === "object" && "message" in error;
  if (!isError) return { message: messageOf(error), version };
  const checkedFiles = () =>
    [...imported(file, new Set())].reduce((found, each) => found || checked(each), undefined);
  const place = error.name === "SyntaxError" ? checkedFiles() : thrown(String(error.stack));
  const shown = isCompiled(file) ? undefined : place;
  return { message: messageOf(error), version, code: error.code, ...shown };
}

function thrown(stack) {
  const places = stack.split("\n").flatMap((frame) => {
    const where = /\(([^()]+)\)$/.exec(frame) || /^\s+at (?:async )?(.+)$/.exec(frame) || [];
    const [, path, line, column] = /^(.+):(\d+):(\d+)$/.exec(where[1] || "") || [];
    return path === undefined
      ? []
      : [{ file: pathOf(path), line: Number(line), column: Number(column) }];
  });
  return places.find(({ file }) => !/[\\/]node_modules[\\/]/.test(file) && existsSync(file));
}

function pathOf(where) {
  return where.startsWith("file:") ? fileURLToPath(where) : where;
}

/** The place of an error of syntax: only Node's own report of it has that. */
function checked(file) {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
  const [, where, line] = /^(.+):(\d+)\r?\n/.exec(stderr || "") || [];
  if (where === undefined) return undefined;
  const mark = /^ *\^/m.exec(stderr);
  return { file: pathOf(where), line: Number(line), column: mark ? mark[0].length : 1 };
}

/** The files that a script lists or imports, and those that they import. */
function namedBy(script) {
  const names = readFileSync(script, "utf8").match(/(?<=[[,{]\s*["'])\.{1,2}\/[^"'\n]+/g) || [];
  const paths = names.map((name) => resolve(dirname(script), name));
  const isFolder = (path) => existsSync(join(path, "index.js"));
  const files = paths.filter((path) => !isFolder(path)).map(fileOf).filter(Boolean);
  return [script, ...files].reduce((seen, file) => new Set(imported(file, seen)), new Set());
}

function fileOf(path) {
  const ends = ["", ".js", ".cjs", ".mjs", ".json", ...TYPESCRIPT, "/index.js"];
  return ends.map((end) => path + end).find((file) => existsSync(file) && statSync(file).isFile());
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
    const found = fileOf(resolve(dirname(script), request));
    if (found !== undefined) imported(found, seen);
  }
  return [...seen];
}
