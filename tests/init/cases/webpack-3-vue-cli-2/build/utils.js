'use strict'
const path = require('path')
const config = require('../config')
const ExtractTextPlugin = require('extract-text-webpack-plugin')

exports.assetsPath = function (_path) {
  const folder = process.env.NODE_ENV === 'production'
    ? config.build.assetsSubDirectory
    : config.dev.assetsSubDirectory
  return path.posix.join(folder, _path)
}

exports.cssLoaders = function (options) {
  options = options || {}
  const cssLoader = { loader: 'css-loader', options: { sourceMap: options.sourceMap } }

  function generateLoaders (loader, loaderOptions) {
    const loaders = [cssLoader]
    if (loader) {
      loaders.push({
        loader: loader + '-loader',
        options: Object.assign({}, loaderOptions, { sourceMap: options.sourceMap })
      })
    }
    if (options.extract) {
      return ExtractTextPlugin.extract({ use: loaders, fallback: 'style-loader' })
    }
    return ['style-loader'].concat(loaders)
  }

  return {
    css: generateLoaders(),
    sass: generateLoaders('sass', { indentedSyntax: true }),
    scss: generateLoaders('sass')
  }
}

exports.styleLoaders = function (options) {
  const output = []
  const loaders = exports.cssLoaders(options)
  for (const extension in loaders) {
    const loader = loaders[extension]
    output.push({ test: new RegExp('\\.' + extension + '$'), use: loader })
  }
  return output
}
