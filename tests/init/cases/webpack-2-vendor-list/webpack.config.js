const fs = require('fs')
const path = require('path')
const webpack = require('webpack')

const SOURCES = path.join(__dirname, 'app', 'js')

/** Files right in app/js are entries, folders are parts of them. */
const entries = {}
fs.readdirSync(SOURCES)
  .filter((file) => /\.js$/.test(file))
  .forEach((file) => {
    entries[path.basename(file, '.js')] = path.join(SOURCES, file)
  })
entries.vendor = ['jquery', 'jquery.menu']

module.exports = {
  entry: entries,
  output: { path: path.join(__dirname, 'public/js'), filename: '[name].js' },
  resolve: { alias: { jquery: path.join(__dirname, 'node_modules/jquery/jquery.js') } },
  plugins: [
    new webpack.ProvidePlugin({ jQuery: 'jquery', $: 'jquery' }),
    new webpack.optimize.CommonsChunkPlugin({ names: ['vendor', 'manifest'], minChunks: Infinity }),
    new webpack.optimize.UglifyJsPlugin({ sourceMap: false })
  ]
}
