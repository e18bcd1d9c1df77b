const { defineConfig } = require('@vue/cli-service')
const webpack = require('webpack')
const path = require('path')
const { version } = require('./package.json')

process.env.VUE_APP_VERSION = version

module.exports = defineConfig({
  transpileDependencies: true,
  parallel: false,
  css: {
    loaderOptions: {
      scss: {
        additionalData(content, loaderContext) {
          const relative = path.relative(loaderContext.rootContext, loaderContext.resourcePath)
          if (relative.replace(/\\/g, '/') !== 'src/styles/settings.scss') {
            return '@import "~@/styles/settings.scss";' + content
          }
          return content
        },
      },
    },
  },
  configureWebpack: (config) => {
    config.resolve.alias.words = path.resolve(__dirname, 'src/lib/words')
    config.plugins.push(new webpack.DefinePlugin({ BUILT_WITH: JSON.stringify('functions') }))
    config.entry.app = ['./src/first.js', ...config.entry.app]
    if (process.env.NODE_ENV === 'production') {
      config.externals = { settings: 'Settings' }
    }
  },
  chainWebpack: (config) => {
    config.plugin('html').tap((args) => {
      args[0].title = 'Functional'
      return args
    })
    config.entry('help').add('./src/help.js').end()
    config.module.rule('text').test(/\.txt$/).type('asset/source')
  },
})
