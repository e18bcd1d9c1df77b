const merge = require('webpack-merge')
const TerserPlugin = require('terser-webpack-plugin')
const common = require('./webpack.common')

module.exports = merge(common, {
  mode: 'production',
  output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/shared/[name].[contenthash:8].js' },
  optimization: {
    minimizer: [new TerserPlugin({ parallel: true, terserOptions: { output: { comments: false } } })],
    splitChunks: {
      cacheGroups: {
        charts: {
          test: /[\\/]node_modules[\\/]charts[\\/]/,
          name: 'charts',
          chunks: 'all',
          priority: 20,
          enforce: true,
        },
        vendors: {
          test: /[\\/]node_modules[\\/]/,
          name: 'vendors',
          chunks: 'all',
          priority: 10,
          enforce: true,
        },
      },
    },
  },
})
