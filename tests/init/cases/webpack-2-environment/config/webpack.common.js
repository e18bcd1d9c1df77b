const path = require('path')
const ExtractTextPlugin = require('extract-text-webpack-plugin')

const extract = new ExtractTextPlugin({ filename: '[name].css' })

module.exports = function (options) {
  const isProd = options.env === 'prod'
  return {
    context: path.resolve(__dirname, '..', 'client'),
    entry: { main: './main.js' },
    output: { path: path.resolve(__dirname, '../public/assets'), filename: isProd ? '[name].js' : '[name].dev.js' },
    resolve: { modules: [path.resolve(__dirname, '../client'), 'node_modules'] },
    module: {
      rules: [
        { test: /\.css$/, use: extract.extract({ fallback: 'style-loader', use: 'css-loader' }) },
        { test: /\.js$/, exclude: /node_modules/, loader: 'babel-loader', options: { presets: [['env', { modules: false }]] } }
      ]
    },
    plugins: [extract]
  }
}
