const { join, resolve } = require('path')
const mix = require('laravel-mix')

const publicPath = mix.inProduction() ? 'public/themes/admin' : '../../../public/themes/admin'

mix.setPublicPath(publicPath).mergeManifest && mix.mergeManifest()
mix.disableNotifications()

mix
  .setPublicPath(publicPath)
  .js('assets/js/app.js', publicPath + '/app.js')
  .sass('assets/scss/app.scss', publicPath + '/app.css')
  .options({ processCssUrls: true, postCss: [] })

mix.webpackConfig({
  resolve: {
    extensions: ['.js', '.json', '.vue'],
    alias: { '~': join(__dirname, './assets/js') },
  },
  output: { chunkFilename: 'js/[name].js', publicPath: '/themes/admin/' },
})

mix.webpackConfig({ resolve: { alias: { lang: resolve('assets/lang') } } })

if (mix.inProduction()) {
  mix.version()
} else {
  mix.sourceMaps()
}
