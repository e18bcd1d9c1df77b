// Babel with the project's own plugins. Presets, and plugins for what bundle does itself, are left
// out: the target decides what is lowered.

/** Plugins that do what bundle does. Everything of Babel's own and of Vue's is among them. */
const LOWERING = new RegExp(
  "^(@babel/|@vue/|module:@babel/|react-refresh/|react-hot-loader/|(babel-plugin-)?(" +
    "syntax-|proposal-|check-es2015-|dynamic-import-|add-module-exports|external-helpers|" +
    "istanbul|jsx-v-model|" +
    "jsx-event-modifiers|jsx-vue-functional|system-import-transformer|transform-(es\\d|async|" +
    "regenerator|runtime|object-rest|class-prop|decorators|export-ext|exponent|flow|vue-jsx|" +
    "react-(jsx|display|constant|inline|pure)|typescript|modules|new-target|nullish|optional|" +
    "private|class-static|strict-mode)))",
);
/** Types of Flow are no JavaScript, so that Babel removes them. */
const FLOW = /^(@babel\/(plugin-)?|babel-plugin-)?transform-flow-strip-types$/;
const FLOW_PRESETS = ["flow", "@babel/flow", "@babel/preset-flow"];
/** Plugins that change only what imports one library, which an option names. */
const ON_DEMAND = ["component", "import", "babel-plugin-component", "babel-plugin-import"];

let babelLoaded = null;
let babelDigest = null;

/**
 * Loads the configuration. Answers with the names of the `plugins`, with the `texts` of which a
 * script must contain one (null if any script may be changed), and with whether one is for Flow.
 */
async function openBabel({ config, digest, mode, project: folder }) {
  project = folder;
  if (babelDigest !== digest) [babelLoaded, babelDigest] = [babelOf(config, mode, digest), digest];
  const { chosen, texts } = await babelLoaded;
  const names = chosen.map(({ name }) => name);
  return { plugins: names, texts, isFlow: names.some((name) => FLOW.test(name)) };
}

/** Transforms a script. Answers with its `code` and `map`. */
async function runBabel({ module, code, language }) {
  const { babel, chosen } = await babelLoaded;
  const isTyped = language === "ts" || language === "tsx";
  const parserPlugins = isTyped ? ["typescript"] : [];
  if (language !== "ts") parserPlugins.push("jsx");
  const options = {
    ...{ filename: module, babelrc: false, configFile: false, sourceType: "unambiguous" },
    ...{ sourceMaps: true, compact: false, retainLines: false },
    // Files of TypeScript have other types.
    plugins: chosen.filter(({ name }) => !isTyped || !FLOW.test(name)).map(({ item }) => item),
    parserOpts: {
      plugins: [...parserPlugins, "decorators-legacy"],
      allowReturnOutsideFunction: true,
    },
  };
  try {
    const made = await babel.transformAsync(code, options);
    return { code: made.code, map: combined([made.map], module) };
  } catch (error) {
    const { line, column } = error.loc || {};
    const [said] = String(error.message).replace(`${module}: `, "").split("\n");
    return refuse(said.replace(/ \(\d+:\d+\)$/, ""), {
      plugin: "babel",
      line,
      column,
      stack: String(error.stack),
    });
  }
}

async function babelOf(file, mode, digest) {
  const own = createRequire(file);
  process.env.NODE_ENV = process.env.NODE_ENV || mode;
  const never = Object.assign(() => {}, {
    forever() {},
    never() {},
    using: (read) => read(),
    invalidate: (read) => read(),
  });
  const env = (asked) => (asked === undefined ? mode : [].concat(asked).includes(mode));
  const api = { cache: never, env, caller: () => undefined, assertVersion() {}, version: "7.0.0" };
  let config = await readConfig(file, own, digest, "babel");
  if (typeof config === "function") config = await config(api, {});
  const { plugins: always = [], presets = [], env: modes = {} } = config || {};
  const preset = presets.map((one) => [].concat(one)[0]).find((one) => FLOW_PRESETS.includes(one));
  const flow = preset ? ["@babel/plugin-transform-flow-strip-types"] : [];
  const chosen = chosenOf([...flow, ...always], own);
  for (const plugin of chosenOf((modes[mode] || {}).plugins || [], own)) {
    // A plugin of the mode replaces the one that is there already, as in Babel.
    const isSame = (one) => one.key === plugin.key && valueOf(one) === valueOf(plugin);
    const known = chosen.findIndex(isSame);
    chosen.splice(known < 0 ? chosen.length : known, 1, plugin);
  }
  const kept = chosen.filter(
    ({ name, options, item }) => item !== null && options !== false && !isOurs(name),
  );
  const texts = kept.every(
    ({ name, options }) => ON_DEMAND.includes(name) && namesOf(options).length > 0,
  )
    ? kept.reduce((all, { options }) => all.concat(namesOf(options)), [])
    : null;
  return { babel: kept.length > 0 ? load("@babel/core", own) : null, chosen: kept, texts };
}

/** The plugins of a list: `options` is `false` for one that is off, `key` the name of its use. */
function chosenOf(listed, own) {
  return listed.filter(Boolean).map((item) => {
    const [plugin, options, key] = [].concat(item);
    const name = typeof plugin === "string" ? plugin : plugin.name || "plugin";
    return { name, options: options ?? {}, key, item: pluginOf(plugin, name, item, own) };
  });
}

/** What Babel knows a plugin by: its function, or the name of one that is ours. */
function valueOf({ name, item }) {
  return item === null ? name : [].concat(item)[0];
}

/** The libraries that an on-demand plugin is for. */
function namesOf(options) {
  return [].concat(options).map(({ libraryName = "element-ui" }) => libraryName);
}

function isOurs(name) {
  return LOWERING.test(name) && !FLOW.test(name);
}

/** Loads a plugin that is named, by Babel's short names. */
function pluginOf(plugin, name, item, own) {
  if (typeof plugin !== "string") return item;
  if (isOurs(name)) return null;
  const loaded = load(packageOf(name), own);
  const made = loaded && loaded.__esModule ? loaded.default : loaded;
  return Array.isArray(item) ? [made, ...item.slice(1)] : made;
}

/** Returns what Babel loads for a plugin's name: `@team` is the package `@team/babel-plugin`. */
function packageOf(name) {
  if (name.startsWith("module:")) return name.slice("module:".length);
  if (name.startsWith("@babel/")) return name.replace(/\/(?!plugin-)/, "/plugin-");
  if (/^@[^/]+$/.test(name)) return `${name}/babel-plugin`;
  if (name.startsWith("@")) {
    return name.replace(/^(@[^/]+\/)(?![^/]*babel-plugin(-|\/|$)|[^/]+\/)/, "$1babel-plugin-");
  }
  return /^(\.|babel-plugin-)|[/\\]/.test(name) ? name : `babel-plugin-${name}`;
}
