// What `bundle init` reads for `10up-toolkit/config/webpack.config`, which projects spread into their
// own configuration. `project` is written before it.
const fs = require("fs");
const path = require("path");
const glob = require("fast-glob");
const CopyPlugin = require("copy-webpack-plugin");
const DependencyExtractionWebpackPlugin = require("@wordpress/dependency-extraction-webpack-plugin");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");
const TerserPlugin = require("terser-webpack-plugin");

const own = project.options;
const folder = process.cwd();
const given = (name, usual) => {
  const file = path.join(folder, name);
  return fs.existsSync(file) ? require(file) : usual;
};
const hasBlocks = own.useBlockAssets === undefined ? project.hasBlocks : own.useBlockAssets;
const filenames = {
  ...given("filenames.config.js", {
    js: "js/[name].js",
    jsChunk: "js/[name].[contenthash].chunk.js",
    css: "css/[name].css",
    block: "blocks/[name]/editor.js",
    blockCSS: "blocks/[name]/editor.css",
  }),
  ...own.filenames,
  ...(hasBlocks ? { block: "blocks/[name].js", blockCSS: "blocks/[name].css" } : {}),
};
const paths = {
  ...given("paths.config.js", {
    blocksDir: "./includes/blocks/",
    blocksStyles: "./assets/css/blocks/",
    copyAssetsDir: "./assets/",
  }),
  ...own.paths,
};
const blocks = path.resolve(folder, paths.blocksDir);
const entries = {
  ...(own.entry || given("buildfiles.config.js", {
    admin: "./assets/js/admin/admin.js",
    blocks: "./includes/blocks/blocks.js",
    frontend: "./assets/js/frontend/frontend.js",
    shared: "./assets/js/shared/shared.js",
    styleguide: "./assets/js/styleguide/styleguide.js",
    "admin-style": "./assets/css/admin/admin-style.css",
    "editor-style": "./assets/css/frontend/editor-style.css",
    "shared-style": "./assets/css/shared/shared-style.css",
    style: "./assets/css/frontend/style.css",
    "styleguide-style": "./assets/css/styleguide/styleguide.css",
  })),
};
if (hasBlocks) {
  for (const file of glob.sync(`${blocks}/**/block.json`)) {
    const block = require(file);
    const fields = [
      block.editorScript, block.script, block.viewScript,
      block.style, block.editorStyle, block.viewStyle,
    ];
    for (const named of fields.flat()) {
      if (!named || !named.startsWith("file:")) continue;
      const output = path.join(path.dirname(file), named.replace("file:", ""));
      const stem = output.replace(path.extname(output), "");
      const sources = glob.sync(`${stem}.{js,jsx,ts,tsx,css,scss}`);
      if (sources.length > 0) entries[stem.replace(`${blocks}/`, "")] = sources[0];
    }
  }
}
if (own.loadBlockSpecificStyles) {
  const styles = path.resolve(folder, paths.blocksStyles);
  for (const file of glob.sync(`${styles}/**/*.{css,scss,sass}`)) {
    const name = file.replace(`${styles}/`, "").replace(path.extname(file), "");
    entries[`autoenqueue/${name}`] = file;
  }
}
for (const name of Object.keys(entries)) {
  if (!fs.existsSync(path.resolve(folder, entries[name]))) delete entries[name];
}
const isBlock = (name) => /\/blocks?\//.test(path.resolve(folder, entries[name]));
const isBlockStyle = (name) =>
  path.resolve(folder, entries[name]).startsWith(`${blocks}/`) ||
  (hasBlocks ? isBlock(name) : name.endsWith("-block"));

const styles = (options) => [
  { loader: MiniCssExtractPlugin.loader },
  { loader: require.resolve("css-loader"), options: { url: false, ...options } },
  {
    loader: require.resolve("postcss-loader"),
    options: project.hasPostcss ? {} : { postcssOptions: { config: project.postcss } },
  },
];
const sass = { loader: require.resolve("sass-loader"), options: {} };

const script = {
  mode: "production",
  devtool: own.sourcemap ? "source-map" : false,
  target:
    "browserslist:> 1%, Firefox ESR, last 2 versions, not ie <= 11, not ie_mob <= 11",
  entry: () => entries,
  output: {
    path: path.resolve(folder, "dist"),
    chunkFilename: filenames.jsChunk,
    publicPath: own.publicPath,
    filename: (data) => (isBlock(data.chunk.name) ? filenames.block : filenames.js),
  },
  externals: { jquery: "jQuery", lodash: "lodash" },
  optimization: { minimizer: [new TerserPlugin()] },
  module: {
    rules: [
      {
        test: /^(?!.*\.d\.tsx?$).*\.[tj]sx?$/,
        exclude: /node_modules/,
        use: [{ loader: require.resolve("babel-loader"), options: project.babel }],
      },
      { test: /\.svg$/, use: ["@svgr/webpack", "url-loader"] },
      { test: /\.css$/, use: styles({}), exclude: [/\.module\.css$/] },
      { test: /\.(sc|sa)ss$/, use: [...styles({}), sass] },
      { test: /\.module\.css$/, use: styles({ modules: true }) },
    ],
  },
  plugins: [
    new MiniCssExtractPlugin({
      filename: (data) => (isBlockStyle(data.chunk.name) ? filenames.blockCSS : filenames.css),
    }),
    new CopyPlugin({
      patterns: [
        {
          from: "**/*.{jpg,jpeg,png,gif,webp,avif,ico,svg,eot,ttf,woff,woff2,otf}",
          context: path.resolve(folder, paths.copyAssetsDir),
        },
        ...(hasBlocks
          ? ["block.json", "*.php"].map((file) => ({
              from: `${blocks}/**/${file}`, context: blocks, to: "blocks/",
            }))
          : []),
      ],
    }),
    ...(own.wpDependencyExternals === false
      ? []
      : [new DependencyExtractionWebpackPlugin({ injectPolyfill: false })]),
  ],
};

// ES modules are a build of their own, which `several` notes.
module.exports =
  own.useScriptModules || own.moduleEntry ? [script, { ...script, entry: {} }] : script;
