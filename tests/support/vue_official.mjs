// What the official compiler of Vue 2.7.16 (npm's vue/compiler-sfc) makes of a .vue file, as
// vue-loader 15 calls it.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const compiler = require("vue/compiler-sfc");
/** The parser that it has. */
export const babel = createRequire(require.resolve("vue/compiler-sfc"))("@babel/parser");

/**
 * From this the ids of style modules and scopes are made. It need not be the same for both
 * compilers: ids are not compared.
 */
const ID = "0123abcd";

/**
 * `{ errors, template: { code, functional } | null, script: { code } | null, customBlocks: [type]
 * }`
 */
export function official(file, source, options = {}) {
  return quietly(() => compiled(file, source, options));
}

function compiled(file, source, { whitespace = "preserve", comments = false, delimiters } = {}) {
  const found = { errors: [], template: null, script: null, customBlocks: [] };
  const attempt = (make) => {
    try {
      return make();
    } catch (error) {
      found.errors.push(error.message);
      return null;
    }
  };
  const parts = attempt(() =>
    compiler.parse({
      source,
      filename: file,
      compilerParseOptions: { pad: false },
      sourceMap: false,
    }),
  );
  if (!parts) return found;
  found.customBlocks = parts.customBlocks.map(({ type }) => type);
  const script = hasScript(parts)
    ? attempt(() =>
        compiler.compileScript(parts, {
          id: ID,
          isProd: false,
          sourceMap: false,
          babelParserPlugins: ["jsx"],
        }),
      )
    : null;
  found.script = script && {
    code: script.content,
    setup: Boolean(parts.scriptSetup),
    hasVariables: parts.cssVars.length > 0,
  };
  const { template } = parts;
  if (!template || template.src) return found;
  const functional = Boolean(template.attrs?.functional);
  const scopeId =
    functional && parts.styles.some(({ scoped }) => scoped) ? `data-v-${ID}` : undefined;
  const result = attempt(() =>
    compiler.compileTemplate({
      source: template.content,
      filename: file,
      isProduction: false,
      isFunctional: functional,
      isTS: [parts.script, parts.scriptSetup].some((each) => /^tsx?$/.test(each?.lang ?? "")),
      prettify: false,
      transformAssetUrls: true,
      bindings: script?.bindings,
      compilerOptions: {
        outputSourceRange: true,
        scopeId,
        whitespace,
        comments: comments || "comments" in template.attrs,
        delimiters,
      },
    }),
  );
  found.errors.push(...(result?.errors ?? []).map((error) => error.msg ?? String(error)));
  found.template = result && result.errors.length === 0 ? { code: result.code, functional } : null;
  return found;
}

const hasScript = ({ script, scriptSetup }) => (script || scriptSetup) && !script?.src;

/** The compiler prints its tips. */
function quietly(make) {
  const names = ["log", "warn", "error", "info"];
  const own = names.map((name) => console[name]);
  for (const name of names) console[name] = () => {};
  try {
    return make();
  } finally {
    names.forEach((name, at) => (console[name] = own[at]));
  }
}
