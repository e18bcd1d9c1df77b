const { HtmlRspackPlugin } = require('@rspack/core');

/** @type {import('@rspack/core').Configuration} */
module.exports = {
  mode: 'production',
  output: { cssFilename: 'css/[name].css', filename: '[name].js' },
  module: {
    generator: { 'css/auto': { localIdentName: 'app-[local]' }, 'css/module': { localIdentName: 'app-[local]' } },
    rules: [
      { test: /\.css$/, exclude: /box\.css$/, type: 'css/auto' },
      { test: /box\.css$/, type: 'css/module' },
      {
        test: /\.jsx$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: { parser: { syntax: 'ecmascript', jsx: true }, transform: { react: { pragma: 'make' } } },
        },
      },
      { test: /\.txt$/, type: 'asset/source' },
    ],
  },
  plugins: [new HtmlRspackPlugin({ template: './public/index.html' })],
};
