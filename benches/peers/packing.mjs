// webpack and Rspack as projects with Vue 2 configure them: vue-loader 15, ES5 by swc, and
// sass-loader with its fastest compiler. watch-peer.mjs and page-peer.mjs share this file, so both
// benches use the same configuration.

import { createRequire } from "node:module";
import { join } from "node:path";

const HERE = import.meta.dirname;
const packages = createRequire(import.meta.url);
const lowering = {
  isModule: "unknown",
  jsc: { parser: { syntax: "ecmascript" }, target: "es5", externalHelpers: true },
};

/**
 * A development configuration, and the function that makes a compiler of it. Stylesheets are files;
 * with `isHot` they are in the scripts, as in Vue's own tools.
 */
export async function packing(tool, { folder, out, entries, isHot = false }) {
  const { make, ExtractPlugin, swc, more } = await { rspack, webpack }[tool]();
  const { VueLoaderPlugin } = (await import("vue-loader")).default;
  const last = isHot ? "vue-style-loader" : ExtractPlugin.loader;
  const sheets = (...loaders) => ({
    use: [
      last,
      { loader: "css-loader", options: { sourceMap: true, esModule: !isHot } },
      ...loaders,
    ],
  });
  const config = {
    mode: "development",
    context: folder,
    entry: entries,
    target: ["web", "es5"],
    output: { path: out, publicPath: "/" },
    devtool: isHot ? "eval-cheap-module-source-map" : "source-map",
    resolve: {
      extensions: [".js", ".json", ".vue"],
      alias: { "@": join(folder, "src"), vue$: packages.resolve("vue/dist/vue.runtime.esm.js") },
      modules: ["node_modules", join(HERE, "node_modules")],
    },
    resolveLoader: { modules: [join(HERE, "node_modules")] },
    module: {
      rules: [
        { test: /\.vue$/, loader: "vue-loader" },
        { test: /\.[cm]?js$/, exclude: /@swc[\\/]helpers/, loader: swc, options: lowering },
        { test: /\.css$/, ...sheets() },
        {
          test: /\.scss$/,
          ...sheets({
            loader: "sass-loader",
            options: { api: "modern-compiler", implementation: "sass-embedded", sourceMap: true },
          }),
        },
        { test: /\.(woff|ttf|png|svg)$/, type: "asset" },
      ],
    },
    plugins: [new VueLoaderPlugin(), ...(isHot ? [] : [new ExtractPlugin()]), ...more],
    optimization: Object.keys(entries).length > 1 ? { splitChunks: { chunks: "all" } } : {},
  };
  return { config, make };
}

async function rspack() {
  const { CssExtractRspackPlugin, rspack } = await import("@rspack/core");
  return {
    make: rspack,
    ExtractPlugin: CssExtractRspackPlugin,
    swc: "builtin:swc-loader",
    more: [],
  };
}

async function webpack() {
  const [{ default: webpack }, { default: ExtractPlugin }] = await Promise.all([
    import("webpack"),
    import("mini-css-extract-plugin"),
  ]);
  // Without this it brings all languages of moment, which the others leave out.
  const more = [
    new webpack.IgnorePlugin({ resourceRegExp: /^\.\/locale$/, contextRegExp: /moment$/ }),
  ];
  return { make: webpack, ExtractPlugin, swc: "swc-loader", more };
}
