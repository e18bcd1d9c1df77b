const { merge } = require('webpack-merge');
const webpack = require('webpack');
const common = require('./webpack.common.js');

const constants = Object.entries({ LEVEL: 3, NAME: 'typed' }).reduce(
  (all, [key, value]) => ({ ...all, [`__${key}__`]: JSON.stringify(value) }),
  {},
);

module.exports = merge(common({ production: true }), {
  mode: 'production',
  devtool: false,
  plugins: [new webpack.DefinePlugin(constants)],
});
