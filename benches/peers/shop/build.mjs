// The shop built by a peer: node build.mjs TOOL SHOP OUT AREA… It loads only that tool, because
// loading is part of the tool's cost. It writes pages.json into OUT: the scripts and stylesheets of
// each area, in order.
//
// Every peer does the same work: ES5 by swc with helpers as modules, vue-loader 15, sass-loader
// with its fastest compiler, chunks by `splitChunks` of all kinds, and maps. `rspack-css` is Rspack
// without css-loader: it uses Rspack's own CSS parser, and the switch of vue-loader 15 for it.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [tool, shop, out, ...areas] = process.argv.slice(2);
const packages = createRequire(import.meta.url);
/** Browsers that have ES5, and no more: sheets are prefixed for them. */
const BROWSERS = [
  "chrome >= 23", "edge >= 12", "firefox >= 21", "safari >= 6", "ios >= 6", "opera >= 15",
  "ie >= 9", "android >= 4.4",
];
const lowering = {
  isModule: "unknown",
  jsc: { parser: { syntax: "ecmascript" }, target: "es5", externalHelpers: true },
};

const {
  compiler: make,
  ExtractPlugin,
  minimizer,
  swc,
  more = [],
} = await { rspack, "rspack-css": rspack, webpack }[tool]();
const isNative = tool === "rspack-css";
const { VueLoaderPlugin } = (await import("vue-loader")).default;

const compiler = make({
  mode: "production",
  context: shop,
  entry: Object.fromEntries(areas.map((area) => [area, join(shop, "src/areas", area, "index.js")])),
  target: ["web", "es5"],
  output: { path: out, publicPath: "/" },
  devtool: "source-map",
  performance: false,
  resolve: {
    extensions: [".js", ".json", ".vue"],
    alias: { "@": join(shop, "src"), vue$: packages.resolve("vue/dist/vue.runtime.esm.js") },
    modules: ["node_modules", join(import.meta.dirname, "../node_modules")],
  },
  resolveLoader: { modules: [join(import.meta.dirname, "../node_modules")] },
  module: {
    rules: [
      {
        test: /\.vue$/,
        loader: "vue-loader",
        options: { experimentalInlineMatchResource: isNative },
      },
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
  plugins: [new VueLoaderPlugin(), ...(isNative ? [] : [new ExtractPlugin()]), ...more],
  experiments: isNative ? { css: true } : {},
  optimization: { splitChunks: { chunks: "all" }, minimizer },
});

const stats = await new Promise((resolve, reject) =>
  compiler.run((error, stats) => (error ? reject(error) : resolve(stats))),
);
const { errors, warnings, entrypoints } = stats.toJson({
  all: false,
  errors: true,
  warnings: true,
  entrypoints: true,
});
for (const { message } of warnings) process.stderr.write(`warning: ${message.split("\n")[0]}\n`);
if (errors.length > 0) throw new Error(errors[0].message);
const pages = Object.entries(entrypoints).map(([area, { assets }]) => [
  area,
  of(assets, "js"),
  of(assets, "css"),
]);
writeFileSync(
  join(out, "pages.json"),
  JSON.stringify(Object.fromEntries(pages.map(([area, js, css]) => [area, { js, css }]))),
);
await new Promise((resolve) => compiler.close(resolve));

function of(assets, extension) {
  return assets.map(({ name }) => name).filter((name) => name.endsWith(`.${extension}`));
}

/** What a rule for sheets says; `compilers` make CSS of what they are written in. */
function sheets(...compilers) {
  if (isNative) return { type: "css", use: compilers };
  return {
    use: [
      ExtractPlugin.loader,
      { loader: "css-loader", options: { sourceMap: true } },
      ...compilers,
    ],
  };
}

async function rspack() {
  const {
    CssExtractRspackPlugin,
    LightningCssMinimizerRspackPlugin,
    SwcJsMinimizerRspackPlugin,
    rspack,
  } = await import("@rspack/core");
  const scripts = new SwcJsMinimizerRspackPlugin({
    extractComments: false,
    minimizerOptions: { format: { comments: "some" } },
  });
  return {
    compiler: rspack,
    ExtractPlugin: CssExtractRspackPlugin,
    minimizer: [
      scripts,
      new LightningCssMinimizerRspackPlugin({ minimizerOptions: { targets: BROWSERS } }),
    ],
    swc: "builtin:swc-loader",
  };
}

/**
 * webpack does not minify stylesheets by itself, and no plugin for that is added: its stylesheets
 * are larger.
 */
async function webpack() {
  const [{ default: webpack }, { default: ExtractPlugin }] = await Promise.all([
    import("webpack"),
    import("mini-css-extract-plugin"),
  ]);
  // Without this it brings all languages of moment, which the others leave out.
  const more = [
    new webpack.IgnorePlugin({ resourceRegExp: /^\.\/locale$/, contextRegExp: /moment$/ }),
  ];
  return { compiler: webpack, ExtractPlugin, minimizer: ["..."], swc: "swc-loader", more };
}
