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
  const { babel, chosen, libraries } = await babelLoaded;
  const isTyped = language === "ts" || language === "tsx";
  const parserPlugins = isTyped ? ["typescript"] : [];
  if (language !== "ts") parserPlugins.push("jsx");
  const options = {
    ...{ filename: module, babelrc: false, configFile: false, sourceType: "unambiguous" },
    ...{ sourceMaps: true, compact: false, retainLines: false },
    plugins: [
      [importsInJsx, { libraries }],
      // Files of TypeScript have other types.
      ...chosen.filter(({ name }) => !isTyped || !FLOW.test(name)).map(({ item }) => item),
    ],
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

/**
 * The first plugin. Plugins that import on demand rename arguments of calls, as Babel compiles JSX
 * to, but no names in JSX. So they see what JSX uses of their `libraries` in a call at the end of
 * the script, which goes when JSX has the names that they gave.
 */
const importsInJsx = ({ types }) => ({
  visitor: {
    Program(program, state) {
      const { bindings } = program.scope;
      state.uses = Object.keys(bindings).flatMap((name) => usesInJsx(bindings[name]));
      const isOnDemand = ({ source }) => state.opts.libraries.includes(source);
      state.asked = state.uses.filter(isOnDemand).sort((a, b) => a.end - b.end);
      if (state.asked.length === 0) return;
      const one = types.identifier("jsx");
      const callee = types.memberExpression(program.scope.generateUidIdentifier("uses"), one);
      const seen = state.asked.map(({ target }) => expressionOf(target.node, types));
      state.call = types.callExpression(callee, seen);
      const statement = types.expressionStatement(state.call);
      [state.statement] = program.pushContainer("body", statement);
    },
  },
  post({ path: program }) {
    if (this.uses.length === 0) return;
    if (this.statement) {
      this.statement.remove();
      this.asked.forEach(({ target }, index) => rename(target, this.call.arguments[index], types));
    }
    program.scope.crawl();
    const names = this.uses.map(({ name }) => name);
    if (!names.some((name) => name in program.scope.globals)) return;
    program.traverse({
      ReferencedIdentifier({ node, parent, scope }) {
        const isUse = parent.type.startsWith("JSX") && names.includes(node.name);
        if (!isUse || scope.getBinding(node.name)) return;
        const why = `a plugin removed the import of \`${node.name}\`, which JSX uses`;
        throw Object.assign(new Error(why), { loc: (node.loc || {}).start });
      },
    });
  },
});

/** The places where JSX uses an import: its name, or the name and a member of a whole module. */
function usesInJsx({ kind, path, referencePaths }) {
  if (kind !== "module") return [];
  const uses = referencePaths.filter(({ parent }) => parent.type.startsWith("JSX"));
  return uses.map((use) => {
    const isMember = !path.isImportSpecifier() && use.parentPath.isJSXMemberExpression();
    const target = isMember ? use.parentPath : use;
    const [name, source] = [use.node.name, path.parent.source.value];
    return { name, source, target, end: use.node.end };
  });
}

function expressionOf(node, types) {
  if (node.type !== "JSXMemberExpression") return types.identifier(node.name);
  const object = expressionOf(node.object, types);
  return types.memberExpression(object, types.identifier(node.property.name));
}

/** Puts what a plugin gave where JSX has a name. */
function rename({ node, parent, key }, given, types) {
  const isJsx = node.type.startsWith("JSX");
  const made = isJsx ? jsxNameOf(given, types) : types.cloneNode(given);
  const loc = { ...node.loc, identifierName: node.name };
  if (made) parent[key] = Object.assign(made, { loc });
}

/** Returns how JSX writes an expression, null if it cannot. */
function jsxNameOf(node, types) {
  if (node.type === "Identifier") return types.jsxIdentifier(node.name);
  if (node.type !== "MemberExpression" || node.computed) return null;
  const object = jsxNameOf(node.object, types);
  return object && types.jsxMemberExpression(object, types.jsxIdentifier(node.property.name));
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
  const libraries = kept.flatMap(librariesOf);
  const texts = kept.every(
    (plugin) => ON_DEMAND.includes(plugin.name) && librariesOf(plugin).length > 0,
  )
    ? libraries
    : null;
  const babel = kept.length > 0 ? load("@babel/core", own) : null;
  return { babel, chosen: kept, libraries, texts };
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

/** The libraries that an on-demand plugin is for. Its name is not known if it is a function. */
function librariesOf({ name, options }) {
  const usual = ON_DEMAND.includes(name) ? "element-ui" : [];
  return [].concat(options).flatMap((each) => (each && each.libraryName) || usual);
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
