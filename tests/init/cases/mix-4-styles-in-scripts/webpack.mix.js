const mix = require('laravel-mix')
const settings = require('./mix.settings')

mix.options(settings.options)
  .setPublicPath(settings.target)
  .js(`${settings.scripts}/app.js`, 'js')
  .extract()
  .sass('resources/sass/app.scss', 'css')
  .sourceMaps(false)

if (process.env.MIX_SYNC) {
  mix.browserSync({ proxy: process.env.MIX_SYNC, open: false })
}

if (!mix.inProduction()) {
  mix.webpackConfig({ devtool: 'inline-source-map' })
} else {
  mix.version()
}
