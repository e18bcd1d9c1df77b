// PostCSS with the project's own configuration: Tailwind and the like.

/** Plugins that do what bundle does anyway: prefixes for the target, and minifying. */
const OURS = ["autoprefixer", "cssnano"];

/**
 * A function that gives a file's `{ postcss, plugins, options }`, once the configuration is loaded,
 * and what identifies that.
 */
let postcssLoaded = null;
let postcssDigest = null;
/** By stylesheet: the files that it was last made of. */
const lastWatched = new Map();

/**
 * Processes a stylesheet. Answers with `css` and its `map`, what it was made of, and warnings;
 * without `css` if the configuration has no plugin that is not ours.
 */
async function runPostcss({ config, digest, from, css, mode, project: folder }) {
  project = folder;
  if (postcssDigest !== digest)
    [postcssLoaded, postcssDigest] = [postcssOf(config, mode, digest), digest];
  const { postcss, plugins: chosen, options } = await (await postcssLoaded)(from);
  if (chosen.length === 0) return {};
  const map = { inline: false, annotation: false, sourcesContent: false, prev: false };
  let result;
  try {
    result = await postcss(chosen).process(css, { ...options, from, to: from, map });
  } catch (error) {
    const { plugin = "postcss", reason, line, column, input } = error;
    const place = input || { line, column };
    refuse(reason || `${placeOfMistake(error, chosen)}${messageOf(error)}`, {
      plugin,
      watched: watchedAfter(error, from),
      line: place.line,
      column: place.column,
      stack: String(error.stack),
    });
  }
  const kept = (type) => result.messages.filter((message) => message.type === type);
  const watched = kept("dependency")
    .concat(kept("build-dependency"))
    .map(({ file }) => resolve(folder, file));
  lastWatched.set(from, watched);
  // A configuration of Tailwind that does not exist may be written later.
  if (result.messages.some((message) => message.plugin === "tailwindcss"))
    watched.push(...configurationsOfTailwind());
  return {
    css: result.css,
    map: result.map ? result.map.toString() : null,
    watched,
    folders: kept("dir-dependency").map(({ dir, glob }) => ({
      folder: resolve(folder, dir),
      glob: glob || "**",
    })),
    warnings: result
      .warnings()
      .map(({ plugin, text, line, column }) => ({ plugin, message: text, line, column })),
  };
}

/**
 * The files that may have made a plugin fail: those of its stack, Tailwind's configuration, and
 * what the stylesheet was made of before.
 */
function watchedAfter(error, from) {
  const named = String(error.stack).match(/(?:[A-Za-z]:)?[\\/][^\s()'"]*?\.[cm]?[jt]s\b/g) || [];
  const own = named.filter((path) => !/[\\/]node_modules[\\/]/.test(path));
  const usual = configurationsOfTailwind();
  const all = [...own.map((path) => resolve(path)), ...usual, ...(lastWatched.get(from) || [])];
  const there = all.filter((path) => existsSync(path));
  return [...new Set([...there.flatMap((path) => imported(path, new Set())), ...usual])];
}

/** Says where a mistake in a script is: Tailwind reads its configuration, and does not name it. */
function placeOfMistake(error, plugins) {
  const config = configurationsOfTailwind().find((path) => existsSync(path));
  const isOfScript = !error.input && /\bSyntaxError\b/.test(`${error.name} ${error.message}`);
  const isTailwind = ({ postcssPlugin, name }) => /tailwindcss/.test(postcssPlugin || name);
  const isOfConfig = config && isOfScript && plugins.some(isTailwind);
  return isOfConfig ? `${basename(config)}, or what it loads: ` : "";
}

function configurationsOfTailwind() {
  return ["js", "cjs", "mjs", "ts"].map((end) => join(project, `tailwind.config.${end}`));
}

async function postcssOf(file, mode, digest) {
  const own = createRequire(file);
  process.env.NODE_ENV = process.env.NODE_ENV || mode;
  const config = await readConfig(file, own, digest, "postcss");
  const hasParts = PARTS.test(config);
  const asked = (from) =>
    config({ env: mode, mode, cwd: project, options: {}, file: hasParts ? partsOf(from) : from });
  // A function that asks for the file may answer differently for each.
  if (typeof config === "function" && /\bfile\b/.test(config))
    return async (from) => processorOf(await asked(from), own);
  const processor = processorOf(typeof config === "function" ? await asked("") : config, own);
  return () => processor;
}

/**
 * What asks for a part of the file: `file.extname`, `file["extname"]`, `{ extname } = file`, but not
 * `path.extname(file)`.
 */
const PARTS =
  /(?<!\bpath["')\s]*)(\.\s*|\[\s*["'])(dirname|basename|extname)\b|\{[\w\s,:]*\b(dirname|basename|extname)\b[\w\s,:]*\}\s*(=|[,})])/;

/** A path with its parts, as other tools give it. postcss-loader gives a text since version 4. */
function partsOf(from) {
  const parts = { dirname: dirname(from), basename: basename(from), extname: extname(from) };
  return Object.assign(new String(from), parts);
}

/** What a configuration says, as `{ postcss, plugins, options }`. */
function processorOf(config, own) {
  const { plugins: listed = [], ...options } = config || {};
  const named = Array.isArray(listed)
    ? listed.filter(Boolean).map((plugin) => (typeof plugin === "string" ? [plugin, {}] : plugin))
    : Object.entries(listed).filter(([, given]) => given !== false);
  const isOurs = (name) => OURS.some((ours) => String(name || "").split("/")[0] === ours);
  const made = named.map((plugin) => {
    if (!Array.isArray(plugin)) return plugin;
    const [name, given] = plugin;
    if (typeof name !== "string") return name(given);
    if (isOurs(name)) return null;
    const loaded = load(name, own);
    const make = loaded && loaded.default ? loaded.default : loaded;
    // Old plugins take an empty object for a configuration, so they are left to PostCSS to call.
    const isEmpty = given === true || Object.keys(given || {}).length === 0;
    if (typeof make !== "function" || (isEmpty && make.postcss)) return make;
    return isEmpty ? make() : make(given);
  });
  const nameOf = (plugin) =>
    plugin.postcssPlugin || (plugin.postcss && plugin.postcss.postcssPlugin);
  for (const key of ["parser", "syntax", "stringifier"])
    if (typeof options[key] === "string") options[key] = load(options[key], own);
  delete options.map;
  const chosen = made.filter((plugin) => plugin && !isOurs(nameOf(plugin)));
  return { postcss: chosen.length > 0 ? newestPostcss(own) : null, plugins: chosen, options };
}

/**
 * PostCSS, which may be installed several times: the newest of the project's own one and those that
 * other tools ran the same plugins with. Plugins of today fail under an old one.
 */
function newestPostcss(own) {
  const places = [own];
  for (const tool of ["postcss-loader", "gulp-postcss", "vite"])
    try {
      places.push(createRequire(own.resolve(tool)));
    } catch {
      // It is not installed.
    }
  const versionOf = (place) => {
    try {
      return place("postcss/package.json").version.split(".").map(Number);
    } catch {
      return [0];
    }
  };
  const isNewer = ([a, ...rest], [b, ...others]) =>
    a === b && rest.length > 0 ? isNewer(rest, others) : a > b;
  const newest = places.reduce((best, place) =>
    isNewer(versionOf(place), versionOf(best)) ? place : best,
  );
  return load("postcss", newest);
}

function load(name, own) {
  try {
    return own(name);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" || !String(error.message).includes(`'${name}'`))
      throw error;
    return refuse(`${name} is not installed`, { code: "MODULE_NOT_FOUND" });
  }
}
