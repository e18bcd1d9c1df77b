const path = require('path')
const { merge } = require('webpack-merge')
const webpackConfig = require('@team/webpack-vue-config')
const webpackRules = require('@team/webpack-vue-config/rules')

webpackConfig.entry = {
  ...webpackConfig.entry,
  settings: path.join(__dirname, 'src', 'settings.js'),
}

// Texts of licences are shown in a dialogue.
webpackRules.RULE_TEXT = { test: /\.txt$/, type: 'asset/source' }
webpackConfig.module.rules = Object.values(webpackRules)

module.exports = merge(webpackConfig, {
  resolve: { alias: { '@': path.resolve(__dirname, 'src') } },
})
