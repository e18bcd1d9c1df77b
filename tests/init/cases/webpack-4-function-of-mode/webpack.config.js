'use strict';

const glob = require('glob');
const path = require('path');
const webpack = require('webpack');
const pkg = require('./package.json');

/** One bundle for each page: src/pages/NAME/index.js. */
const entries = () => glob.sync('./src/pages/*/index.js').reduce((all, file) => {
  const name = path.basename(path.dirname(file));
  all[name] = file;
  return all;
}, {});

module.exports = (env, argv) => {
  const isDevelopment = argv.mode !== 'production';
  const plugins = [
    new webpack.DefinePlugin({
      __NAME__: JSON.stringify(pkg.name),
      __DEBUG__: isDevelopment,
      'process.env.API_URL': JSON.stringify(isDevelopment ? 'http://localhost:8000' : '/api'),
    }),
    new webpack.ProvidePlugin({ $: 'jquery', jQuery: 'jquery', 'window.jQuery': 'jquery' }),
  ];
  if (isDevelopment) {
    plugins.push(new webpack.HotModuleReplacementPlugin());
  }
  return {
    entry: entries(),
    output: { path: path.resolve('build'), filename: '[name].bundle.js' },
    devtool: isDevelopment ? 'cheap-module-eval-source-map' : false,
    devServer: { contentBase: './build', hot: true },
    performance: { hints: false },
    plugins,
  };
};
