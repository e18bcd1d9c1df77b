'use strict';

const path = require('path');
const ExtractTextPlugin = require('extract-text-webpack-plugin');

const common = {
  resolve: { alias: { shared: path.join(__dirname, 'shared') } },
  plugins: [new ExtractTextPlugin('[name].css')],
};

/* Each bundle has its folder below web/bundles. */
const make = (name, more) => Object.assign({}, common, {
  entry: { [name]: `./${name}/main.js` },
  output: {
    path: path.join(__dirname, 'web', 'bundles', name),
    publicPath: `/bundles/${name}/`,
    filename: '[name].js',
  },
  module: {
    rules: [
      { test: /\.css$/, use: ExtractTextPlugin.extract({ use: 'css-loader' }) },
      { test: /\.png$/, loader: 'file-loader?name=[name].[ext]' },
    ],
  },
}, more);

module.exports = [make('shop'), make('admin', { devtool: false })];
