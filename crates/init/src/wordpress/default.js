// What `bundle init` reads for `@wordpress/scripts/config/webpack.config`, which projects spread
// into their own configuration. `projects`, one for each command that builds, and `project`, the
// first of them, are written before it; what the module exports is written after it.
const path = require("path");
const webpack = require("webpack");
const CopyPlugin = require("copy-webpack-plugin");
const DependencyExtractionWebpackPlugin = require("@wordpress/dependency-extraction-webpack-plugin");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");
const RtlCssPlugin = require("rtlcss-webpack-plugin");
const TerserPlugin = require("terser-webpack-plugin");

const styles = [
  { loader: MiniCssExtractPlugin.loader },
  { loader: require.resolve("css-loader"), options: { modules: { auto: true } } },
  { loader: require.resolve("postcss-loader") },
];
const asset = (test, folder) => ({
  test, type: "asset/resource", generator: { filename: `${folder}/[name].[hash:8][ext]` },
});
const svgr = { test: /\.svg$/, issuer: /\.(j|t)sx?$/, use: ["@svgr/webpack", "url-loader"] };
// The rules are for all commands.
const svg = [
  ...(projects.some((project) => project.hasComponents) ? [svgr] : []),
  ...(projects.some((project) => project.hasDrawings) ? [{ test: /\.svg$/, type: "asset/inline" }] : []),
];

const scriptOf = (project) => ({
  mode: "production",
  target: project.target,
  entry: project.hasEntryFunction ? () => project.entries : project.entries,
  output: {
    filename: "[name].js",
    chunkFilename: "[name].js?ver=[chunkhash]",
    path: path.resolve(process.cwd(), project.output),
  },
  resolve: { alias: { "lodash-es": "lodash" }, extensions: [".jsx", ".ts", ".tsx", "..."] },
  optimization: {
    splitChunks: {
      cacheGroups: {
        style: {
          type: "css/mini-extract", test: /[\\/]style(\.module)?\.(pc|sc|sa|c)ss$/, chunks: "all",
        },
        default: false,
      },
    },
    minimizer: [new TerserPlugin()],
  },
  module: {
    rules: [
      {
        test: /\.m?(j|t)sx?$/,
        exclude: /node_modules/,
        use: [{ loader: require.resolve("babel-loader"), options: project.babel }],
      },
      { test: /\.css$/, use: styles },
      { test: /\.pcss$/, use: styles },
      { test: /\.(sc|sa)ss$/, use: [...styles, { loader: require.resolve("sass-loader"), options: {} }] },
      ...svg,
      asset(/\.(bmp|png|jpe?g|gif|webp)$/i, "images"),
      asset(/\.(woff|woff2|eot|ttf|otf)$/i, "fonts"),
    ],
  },
  plugins: [
    new webpack.DefinePlugin({ "globalThis.SCRIPT_DEBUG": "false", SCRIPT_DEBUG: "false" }),
    new CopyPlugin({
      patterns: project.copied.map((from) => ({ from, context: project.source })),
    }),
    new MiniCssExtractPlugin({ filename: "[name].css" }),
    ...(project.hasRightToLeft ? [new RtlCssPlugin({ filename: "[name]-rtl.css" })] : []),
    new DependencyExtractionWebpackPlugin(),
  ],
});
