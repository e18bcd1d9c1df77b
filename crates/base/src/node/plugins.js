// The plugins: what they are, and what their hooks answer. A plugin has the shape of Rollup's, with
// `enforce`, `apply` and `configResolved` of Vite. docs/plugins.md has the table of the hooks.

/** The hooks that are called for a module. */
const HOOKS = ["resolveId", "load", "transform"];
/** Hooks of Rollup and Vite that change what is written, so a plugin with one is not whole here. */
const REFUSED = ["banner", "footer", "intro", "outro", "augmentChunkHash", "generateBundle"].concat(
  [
    "renderChunk",
    "renderDynamicImport",
    "resolveDynamicImport",
    "resolveFileUrl",
    "resolveImportMeta",
  ],
  [
    "outputOptions",
    "shouldTransformCachedModule",
    "transformIndexHtml",
    "writeBundle",
    "moduleParsed",
  ],
);
/** The most questions of `this.resolve` within one another. */
const DEEPEST = 50;

/** The plugins in the order in which they run. The binary knows them by their index. */
let plugins = [];
let project = "";

/** Loads plugins by their names, each with its options: what a configuration in JSON has. */
async function loadPlugins({ named, mode, project }) {
  const from = createRequire(join(project, "bundle.config.json"));
  const load = async ([name, options]) => {
    const isPath = name.startsWith(".") || isAbsolute(name);
    let path;
    try {
      path = isPath ? resolve(project, name) : pathOfPackage(name, from);
    } catch {
      refuse(`${name} is not installed`, { plugin: name, code: "MODULE_NOT_FOUND" });
    }
    let loaded;
    try {
      loaded = await importLeniently(pathToFileURL(path).href);
    } catch (error) {
      refuse(messageOf(error), { ...failure(error, path), plugin: name });
    }
    let plugin = loaded.default;
    if (plugin && plugin.__esModule) plugin = plugin.default;
    if (typeof plugin !== "function")
      refuse(`${name} has no default export that makes a plugin`, { plugin: name });
    return plugin(options === null ? undefined : options);
  };
  return usePlugins(await Promise.all(named.map(load)), { mode, project });
}

/** Returns the file that an import of a package leads to. Node 14 has no other way to ask. */
function pathOfPackage(name, from) {
  const folders = from.resolve.paths(name) || [];
  const folder = folders
    .map((above) => join(above, name))
    .find((path) => existsSync(join(path, "package.json")));
  if (folder === undefined) return from.resolve(name);
  const { exports, module } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const chosen =
    exports === undefined ? module : importOf(exports["."] === undefined ? exports : exports["."]);
  return chosen && existsSync(join(folder, chosen)) && /\.mjs$/.test(chosen)
    ? join(folder, chosen)
    : from.resolve(name);
}

function importOf(target) {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) return importOf(target[0]);
  const key = Object.keys(target || {}).find((name) =>
    ["import", "node", "default"].includes(name),
  );
  return key === undefined ? undefined : importOf(target[key]);
}

/** Keeps plugins, and returns what the binary has to know of them. */
async function usePlugins(value, { mode, project: folder }) {
  project = folder;
  const found = await flat(value, "plugins");
  const applied = found.filter(({ plugin: { apply } }) =>
    typeof apply === "function" ? apply({}, { command: "build", mode }) : apply !== "serve",
  );
  const rank = ({ plugin: { enforce } }) => ["pre", undefined, "post"].indexOf(enforce);
  plugins = applied
    .sort((one, other) => rank(one) - rank(other))
    .map(({ plugin }, index) => ({
      plugin,
      index,
      name:
        typeof plugin.name === "string" && plugin.name !== "" ? plugin.name : `plugin ${index + 1}`,
      filters: Object.fromEntries(
        HOOKS.filter((hook) => plugin[hook]).map((hook) => [hook, filterOf(plugin, hook)]),
      ),
      cache: new Map(),
    }));
  const isProduction = mode === "production";
  const resolved = {
    ...{ root: folder, mode, command: "build", isProduction, base: "/", env: {}, define: {} },
    ...{
      plugins: plugins.map(({ plugin }) => plugin),
      publicDir: "",
      cacheDir: "",
      assetsInclude: () => false,
    },
    ...{
      resolve: { alias: [] },
      server: {},
      css: {},
      esbuild: {},
      optimizeDeps: {},
      experimental: {},
      worker: {},
    },
    build: {
      sourcemap: true,
      minify: isProduction,
      ssr: false,
      target: [],
      rollupOptions: {},
      outDir: "",
      assetsDir: "",
    },
    logger: {
      info() {},
      warn: (text) => process.stderr.write(`${text}\n`),
      error: (text) => process.stderr.write(`${text}\n`),
    },
  };
  for (const it of plugins) {
    await once(it, "configResolved", [resolved]);
    await once(it, "buildStart", [{ plugins: resolved.plugins, input: [] }]);
  }
  return plugins.map(({ plugin, name, filters }) => ({
    name,
    cacheKey: typeof plugin.cacheKey === "string" ? plugin.cacheKey : null,
    filters,
    ignored: REFUSED.filter((hook) => plugin[hook] !== undefined),
  }));
}

/** Flattens promises, lists and what is false, as Rollup does. */
async function flat(value, path) {
  const plugin = await value;
  if (!plugin) return [];
  if (Array.isArray(plugin)) {
    const lists = await Promise.all(plugin.map((inner, index) => flat(inner, `${path}[${index}]`)));
    return lists.reduce((all, list) => all.concat(list), []);
  }
  if (typeof plugin === "function")
    refuse(`${path} is a function: call it, as in \`plugins: [${plugin.name || "yaml"}()]\``);
  if (typeof plugin !== "object") refuse(`${path} is ${kind(plugin)}, and not a plugin`);
  return [{ plugin }];
}

/** Calls a hook that every build has once. */
async function once({ plugin, name, index }, hook, args) {
  const handler = handlerOf(plugin, hook);
  if (handler === undefined) return;
  try {
    await handler.apply(contextOf(plugins[index], hook, newCall()), args);
  } catch (error) {
    refuse(`${hook} of ${name} fails: ${messageOf(error)}`, placeOf(error));
  }
}

function handlerOf(plugin, hook) {
  const found = plugin[hook];
  const handler = found && typeof found === "object" ? found.handler : found;
  return typeof handler === "function" ? handler : undefined;
}

/** The filter of a hook: regular expressions for ids, and for code texts too. */
function filterOf(plugin, hook) {
  const { id, code } = (typeof plugin[hook] === "object" && plugin[hook].filter) || {};
  const both = (filter, patternOf) => {
    const isObject =
      filter && typeof filter === "object" && !Array.isArray(filter) && !(filter instanceof RegExp);
    const { include, exclude } = isObject ? filter : { include: filter };
    const list = (value) => (value === undefined ? [] : [].concat(value).map(patternOf));
    return { include: list(include), exclude: list(exclude) };
  };
  const expression = ({ source, flags }) => ({ source, flags: flags.replace(/[gy]/g, "") });
  const ofId = (it) => expression(it instanceof RegExp ? it : globOf(String(it)));
  const ofCode = (it) => (it instanceof RegExp ? expression(it) : { text: String(it) });
  return { id: both(id, ofId), code: both(code, ofCode) };
}

/** A glob as a regular expression, as Vite reads it: relative to the project, unless it begins with `**`. */
function globOf(glob) {
  const path = (glob.startsWith("**") || isAbsolute(glob) ? glob : join(project, glob)).replace(
    /\\/g,
    "/",
  );
  const parts = {
    "**/": "(?:.*/)?",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
    "{": "(?:",
    "}": ")",
    ",": "|",
  };
  const source = path.replace(
    /\*\*\/|\*\*|\*|\?|[{},]|[.+^$()|[\]\\]/g,
    (part) => parts[part] || `\\${part}`,
  );
  return new RegExp(`^${source}$`);
}

function matches({ id, code }, module, text) {
  const has = (pattern, value) =>
    pattern.text === undefined
      ? new RegExp(pattern.source, pattern.flags).test(value)
      : value.includes(pattern.text);
  const passes = ({ include, exclude }, value) =>
    !exclude.some((it) => has(it, value)) &&
    (include.length === 0 || include.some((it) => has(it, value)));
  return passes(id, module) && (text === undefined || passes(code, text));
}

/** The plugins with a hook, `order: "pre"` first. `chosen`: their indices, else all of them. */
function withHook(hook, chosen) {
  const rank = ({ plugin }) => ["pre", undefined, null, "post"].indexOf(plugin[hook].order);
  const all = plugins.filter(
    ({ filters, index }) => filters[hook] && (!chosen || chosen.includes(index)),
  );
  return all.sort((one, other) => rank(one) - rank(other));
}

/** What is noted while a request is under way. */
function newCall(id) {
  return { id, watched: new Set(), warnings: [] };
}

async function run(it, hook, call, args, code) {
  try {
    return await handlerOf(it.plugin, hook).apply(contextOf(it, hook, call, code), args);
  } catch (error) {
    throw failed(it, hook, error, code);
  }
}

function failed(it, hook, error, code) {
  if (error && error.failure) return error;
  const { stack } = error || {};
  const failure = {
    plugin: it.name,
    hook,
    message: messageOf(error),
    stack: String(stack || ""),
    ...placeOf(error, code),
  };
  return Object.assign(new Error(failure.message), { failure });
}

/** The place that an error or a warning names: `loc`, `line` and `column`, or `pos` in the code. */
function placeOf(error, code) {
  if (error === null || typeof error !== "object") return {};
  const { loc, pos, id, line = (loc || {}).line, column = (loc || {}).column } = error;
  if (Number.isInteger(line))
    return { file: (loc || {}).file || id, line, column: Number.isInteger(column) ? column : 0 };
  if (!Number.isInteger(pos) || typeof code !== "string") return {};
  const before = code.slice(0, pos).split("\n");
  return { file: id, line: before.length, column: before[before.length - 1].length };
}

/** What a hook has as `this`. */
function contextOf(it, hook, call, code) {
  const none = (what) => () =>
    refuse(`${it.name} calls this.${what}, which bundle does not have`, { plugin: it.name, hook });
  const positioned = (message, at) => {
    const error = typeof message === "string" ? new Error(message) : message;
    if (typeof at === "number") error.pos = at;
    else if (at) error.loc = at;
    return error;
  };
  return {
    meta: { rollupVersion: "4.0.0", viteVersion: "5.0.0", watchMode: false },
    cache: it.cache,
    addWatchFile: (path) => void call.watched.add(resolve(project, path)),
    getWatchFiles: () => [...call.watched],
    warn(message, at) {
      const warning = positioned(typeof message === "function" ? message() : message, at);
      call.warnings.push({ plugin: it.name, message: warning.message, ...placeOf(warning, code) });
    },
    info() {},
    debug() {},
    error(message, at) {
      throw failed(it, hook, positioned(message, at), code);
    },
    parse: (text) => parserOf()(text),
    async resolve(specifier, importer, { skipSelf = true } = {}) {
      const skipped = (call.skipped || []).concat({
        index: it.index,
        specifier,
        importer,
        is: skipSelf,
      });
      if (skipped.length > DEEPEST)
        refuse(`${it.name} resolves ${specifier} for ever`, { plugin: it.name, hook });
      return resolved({ specifier, importer }, { ...call, skipped });
    },
    getModuleInfo: () => null,
    getModuleIds: () => [][Symbol.iterator](),
    getCombinedSourcemap: none("getCombinedSourcemap"),
    emitFile: none("emitFile"),
    getFileName: none("getFileName"),
    load: none("load"),
    setAssetSource: none("setAssetSource"),
  };
}

/** The parser of Rollup, or Acorn: whichever the project has. */
function parserOf() {
  const from = createRequire(join(project, "bundle.config.json"));
  try {
    return from("rollup/parseAst").parseAst;
  } catch {
    try {
      const { parse } = from("acorn");
      return (text) => parse(text, { ecmaVersion: "latest", sourceType: "module" });
    } catch {
      return refuse("this.parse needs the package rollup or acorn in the project");
    }
  }
}

/** Answers where a specifier leads, if a plugin knows: `{ id, isExternal, plugin }`, or null. */
async function byPlugins({ specifier, importer }, call, chosen) {
  for (const it of withHook("resolveId", chosen)) {
    const isSkipped = ({ index, is, ...asked }) =>
      is && index === it.index && asked.specifier === specifier && asked.importer === importer;
    if ((call.skipped || []).some(isSkipped) || !matches(it.filters.resolveId, specifier)) continue;
    const options = {
      attributes: {},
      assertions: {},
      custom: {},
      isEntry: importer === undefined,
      ssr: false,
    };
    const answer = await run(it, "resolveId", call, [specifier, importer, options]);
    if (answer === null || answer === undefined) continue;
    if (answer === false) return { id: specifier, isExternal: true, plugin: it.name };
    const { id, external, moduleSideEffects } =
      typeof answer === "string" ? { id: answer } : answer;
    if (typeof id !== "string" || id === "")
      throw failed(it, "resolveId", {
        name: "Error",
        message: `it answers ${kind(id === undefined ? answer : id)}, and no id`,
      });
    return { id, isExternal: Boolean(external), sideEffects: moduleSideEffects, plugin: it.name };
  }
  return null;
}

/** What `this.resolve` answers: by the other plugins, else as the binary does. */
async function resolved(asked, call) {
  const found = (await byPlugins(asked, call)) || (await askBack(call.id, { ...asked }));
  if (!found) return null;
  const { id, isExternal, sideEffects = true } = found;
  return {
    id,
    external: isExternal,
    moduleSideEffects: sideEffects,
    attributes: {},
    meta: {},
    syntheticNamedExports: false,
  };
}

async function resolveByPlugins({ id, specifier, importer, chosen }) {
  const call = newCall(id);
  const found = await byPlugins({ specifier, importer }, call, chosen);
  return { found, ...noted(call) };
}

function noted({ watched, warnings }) {
  return { watched: [...watched], warnings };
}

/**
 * Loads and transforms a module. `code`: its text, unless it is not text or not a file. Answers
 * with the new `code` and its `map`, or without `code` if no plugin has anything to say.
 */
async function makeModule({ id, module, code, load, transform }) {
  const call = newCall(id);
  const made = { code, maps: [], type: null, sideEffects: null, by: [] };
  for (const it of withHook("load", load)) {
    if (!matches(it.filters.load, module)) continue;
    const answer = await run(it, "load", call, [module, { ssr: false }]);
    if (take(it, "load", answer, made)) break;
  }
  if (typeof made.code === "string")
    for (const it of withHook("transform", transform)) {
      if (!matches(it.filters.transform, module, made.code)) continue;
      const options = { ssr: false, moduleType: "js" };
      take(
        it,
        "transform",
        await run(it, "transform", call, [made.code, module, options], made.code),
        made,
      );
    }
  const { maps, by, ...rest } = made;
  if (by.length === 0) return noted(call);
  return { ...rest, by, map: combined(maps, code === undefined ? "" : module), ...noted(call) };
}

/** Takes what a hook answers. Returns whether it answers. */
function take(it, hook, answer, made) {
  if (answer === null || answer === undefined) return false;
  const given = typeof answer === "string" ? { code: answer } : answer;
  const { code, map, moduleType, moduleSideEffects } = given;
  const isUnchanged = code === undefined && typeof given === "object";
  if (!isUnchanged && typeof code !== "string")
    throw failed(it, hook, {
      name: "TypeError",
      message: `it answers ${kind(code === undefined ? answer : code)}, and not a text`,
    });
  if (moduleType !== undefined) made.type = String(moduleType);
  if (typeof moduleSideEffects === "boolean") made.sideEffects = moduleSideEffects;
  if (isUnchanged) return false;
  // As in Rollup: null means that no line has moved.
  if (code !== made.code && !(map === null && hook === "transform" && made.maps.length > 0))
    made.maps.push(map || null);
  made.code = code;
  made.by.push(it.name);
  return true;
}
