// A peer that watches: node watch-peer.mjs TOOL FOLDER OUT ENTRIES, where ENTRIES is JSON from names to files. Development, maps in files, ES5 where the tool
// has it, as users of the tool configure it. Says WATCHING after the first build and goes on until it is killed.

import { createRequire } from "node:module";
import { join } from "node:path";

const [tool, folder, out, json] = process.argv.slice(2);
const entries = JSON.parse(json);
const packages = createRequire(import.meta.url);
const say = (error) => process.stdout.write(error ? `${error}\n` : "WATCHING\n");

await { rspack, esbuild, rolldown }[tool]();

async function rspack() {
  const { CssExtractRspackPlugin, rspack } = await import("@rspack/core");
  const { VueLoaderPlugin } = (await import("vue-loader")).default;
  const sheets = (...loaders) => ({ use: [CssExtractRspackPlugin.loader, { loader: "css-loader", options: { sourceMap: true } }, ...loaders] });
  const lowering = { isModule: "unknown", jsc: { parser: { syntax: "ecmascript" }, target: "es5", externalHelpers: true } };
  const compiler = rspack({
    mode: "development",
    context: folder,
    entry: entries,
    target: ["web", "es5"],
    output: { path: out, publicPath: "/" },
    devtool: "source-map",
    resolve: {
      extensions: [".js", ".json", ".vue"],
      alias: { "@": join(folder, "src"), vue$: packages.resolve("vue/dist/vue.runtime.esm.js") },
      modules: ["node_modules", join(import.meta.dirname, "node_modules")],
    },
    resolveLoader: { modules: [join(import.meta.dirname, "node_modules")] },
    module: {
      rules: [
        { test: /\.vue$/, loader: "vue-loader" },
        { test: /\.[cm]?js$/, exclude: /@swc[\\/]helpers/, loader: "builtin:swc-loader", options: lowering },
        { test: /\.css$/, ...sheets() },
        { test: /\.scss$/, ...sheets({ loader: "sass-loader", options: { api: "modern-compiler", implementation: "sass-embedded", sourceMap: true } }) },
        { test: /\.(woff|ttf|png|svg)$/, type: "asset" },
      ],
    },
    plugins: [new VueLoaderPlugin(), new CssExtractRspackPlugin()],
    optimization: Object.keys(entries).length > 1 ? { splitChunks: { chunks: "all" } } : {},
  });
  compiler.watch({}, (error, stats) => say(error ?? (stats.hasErrors() ? stats.toString("errors-only") : undefined)));
}

async function esbuild() {
  const { context } = packages("esbuild");
  const watching = await context({ entryPoints: entries, bundle: true, format: "iife", target: "es2015", outdir: out, sourcemap: true, logLevel: "warning", charset: "utf8" });
  await watching.watch();
  say();
}

async function rolldown() {
  const { watch } = await import("rolldown");
  const watcher = watch({ input: entries, output: { dir: out, format: "iife", sourcemap: true } });
  watcher.on("event", (event) => { if (event.code === "END") say(); });
}
