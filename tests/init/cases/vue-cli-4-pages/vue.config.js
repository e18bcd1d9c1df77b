'use strict'
const path = require('path')
const settings = require('./src/settings.js')

function resolve(dir) {
  return path.join(__dirname, dir)
}

const name = settings.title || 'paged' // page title

const pages = {}
for (const page of ['index', 'report']) {
  pages[page] = {
    entry: `src/pages/${page}.js`,
    template: 'public/page.html',
    filename: `${page}.html`,
    title: page === 'index' ? name : `${name}: report`,
    chunks: ['chunk-libs', 'chunk-vendors', 'chunk-common', 'runtime', page],
  }
}

module.exports = {
  publicPath: './',
  outputDir: 'dist',
  assetsDir: 'static',
  lintOnSave: process.env.NODE_ENV === 'development',
  productionSourceMap: false,
  pages,
  configureWebpack: {
    name: name,
    resolve: { alias: { '@': resolve('src'), icons: resolve('src/icons') } },
  },
  css: {
    loaderOptions: {
      scss: { prependData: `@import "@/styles/variables.scss";` },
    },
  },
  chainWebpack(config) {
    config.plugins.delete('preload-index').delete('prefetch-index')

    // set svg-sprite-loader
    config.module.rule('svg').exclude.add(resolve('src/icons')).end()
    config.module
      .rule('icons')
      .test(/\.svg$/)
      .include.add(resolve('src/icons'))
      .end()
      .use('svg-sprite-loader')
      .loader('svg-sprite-loader')
      .options({ symbolId: 'icon-[name]' })
      .end()

    config.when(process.env.NODE_ENV !== 'development', (config) => {
      config.optimization.splitChunks({
        chunks: 'all',
        cacheGroups: {
          libs: { name: 'chunk-libs', test: /[\\/]node_modules[\\/]/, priority: 10, chunks: 'initial' },
        },
      })
      config.optimization.runtimeChunk('single')
    })
  },
}
