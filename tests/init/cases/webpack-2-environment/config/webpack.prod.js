const webpack = require('webpack')
const webpackMerge = require('webpack-merge')
const commonConfig = require('./webpack.common.js')

module.exports = function (options) {
  return webpackMerge(commonConfig(options), {
    devtool: 'cheap-module-source-map',
    plugins: [
      new webpack.LoaderOptionsPlugin({ minimize: true, debug: false }),
      new webpack.DefinePlugin({ 'process.env': { NODE_ENV: JSON.stringify('production'), LIMIT: 25 } })
    ]
  })
}
