// One build by a tool that is a Node package: node api.mjs TOOL JOB. It loads only that tool,
// because loading is part of the tool's cost. Each warning is a line on standard error.

import { basename, dirname, join } from "node:path";

const [tool, job] = process.argv.slice(2);
const { lane, entry, alias, vue, out, maps } = JSON.parse(job);
const warn = (text) => process.stderr.write(`warning: ${text.split("\n")[0]}\n`);
const NODE_ENV = JSON.stringify("production");

await { rspack, rolldown, rollup }[tool]();

async function rspack() {
  const { rspack, SwcJsMinimizerRspackPlugin } = await import("@rspack/core");
  const isEs5 = lane.target === "es5";
  const lowering = {
    test: /\.[cm]?js$/,
    // The helpers are ES5 already. The loader's default, a copy in every module, takes twice the
    // time and size when minifying.
    exclude: /@swc[\\/]helpers/,
    loader: "builtin:swc-loader",
    options: {
      isModule: "unknown",
      jsc: { parser: { syntax: "ecmascript" }, target: "es5", externalHelpers: true },
    },
  };
  const components = vue ? await vueLoader() : { rules: [], plugins: [] };
  if (vue) {
    // Babel does more than this with JSX, and takes longer.
    lowering.options.jsc.parser.jsx = true;
    lowering.options.jsc.transform = {
      react: { runtime: "classic", pragma: "h", throwIfNamespace: false },
    };
  }
  const compiler = rspack({
    mode: "production",
    context: dirname(entry),
    entry,
    target: ["web", isEs5 ? "es5" : "es2022"],
    output: { path: dirname(out), filename: basename(out) },
    devtool: maps ? "source-map" : false,
    performance: false,
    module: { rules: [...components.rules, ...(isEs5 ? [lowering] : [])] },
    plugins: components.plugins,
    // The helpers of swc lie beside this file, whatever is bundled.
    resolve: {
      ...components.resolve,
      alias: alias ? { [`${alias[0]}$`]: alias[1] } : {},
      modules: ["node_modules", join(import.meta.dirname, "node_modules")],
    },
    optimization: {
      minimize: lane.minify,
      minimizer: [
        new SwcJsMinimizerRspackPlugin({
          extractComments: false,
          minimizerOptions: { format: { comments: "some" } },
        }),
      ],
    },
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats))),
  );
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  warnings.forEach(({ message }) => warn(message));
  if (errors.length > 0) throw new Error(errors[0].message);
  await new Promise((resolve) => compiler.close(resolve));
}

/**
 * vue-loader 15, which takes the compiler of Vue 2.7 and compiles the parts of a component by the
 * rules for their languages.
 */
async function vueLoader() {
  const { VueLoaderPlugin } = (await import("vue-loader")).default;
  return {
    rules: [{ test: /\.vue$/, loader: "vue-loader" }],
    plugins: [new VueLoaderPlugin()],
    resolve: { extensions: [".js", ".json", ".vue"] },
  };
}

async function rolldown() {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    input: entry,
    platform: "browser",
    resolve: { alias: alias ? { [alias[0]]: alias[1] } : {} },
    transform: { target: lane.target, define: { "process.env.NODE_ENV": NODE_ENV } },
    onLog: (level, { message }) => level === "warn" && warn(message),
  });
  await build.write({
    file: out,
    format: "iife",
    sourcemap: maps,
    minify: lane.minify,
    comments: { legal: true },
  });
  await build.close();
}

async function rollup() {
  const { rollup } = await import("rollup");
  const plugin = async (name) => (await import(`@rollup/plugin-${name}`)).default;
  const [resolve, commonjs, terser] = await Promise.all(
    ["node-resolve", "commonjs", "terser"].map(plugin),
  );
  const aliased = {
    name: "alias",
    resolveId: (specifier) => (alias?.[0] === specifier ? alias[1] : null),
  };
  const defined = {
    name: "define",
    transform: (code) =>
      code.includes("process.env.NODE_ENV")
        ? code.replaceAll("process.env.NODE_ENV", NODE_ENV)
        : null,
  };
  const build = await rollup({
    input: entry,
    plugins: [aliased, resolve({ browser: true }), commonjs(), defined],
    onLog: (level, { message }) => level === "warn" && warn(message),
  });
  await build.write({
    file: out,
    format: "iife",
    sourcemap: maps,
    plugins: [terser({ format: { comments: "some" } })],
  });
  await build.close();
}
