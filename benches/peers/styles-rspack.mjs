// Rspack with sass-loader and sass-embedded, configured as its documentation says: node
// styles-rspack.mjs OUT SHEET…

import { rspack } from "@rspack/core";

const [path, ...sheets] = process.argv.slice(2);
const compiler = rspack({
  context: import.meta.dirname,
  mode: "production",
  devtool: false,
  entry: Object.fromEntries(sheets.map((sheet, index) => [`s${index}`, sheet])),
  output: { path },
  experiments: { css: true },
  module: {
    rules: [
      {
        test: /\.scss$/,
        type: "css/auto",
        use: [
          {
            loader: "sass-loader",
            options: {
              api: "modern-compiler",
              implementation: "sass-embedded",
              sassOptions: { logger: { warn() {}, debug() {} } },
            },
          },
        ],
      },
    ],
  },
});
compiler.run((error, stats) => {
  const failed = error || stats.hasErrors();
  if (failed) console.error(error ?? stats.toString({ all: false, errors: true }));
  compiler.close(() => process.exit(failed ? 1 : 0));
});
