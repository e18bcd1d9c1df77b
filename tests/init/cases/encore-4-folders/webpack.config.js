const Encore = require('@symfony/webpack-encore');

Encore
  .setOutputPath('public/build')
  .setPublicPath('/build')
  .disableSingleRuntimeChunk()
  .copyFiles({ from: './img', to: 'img/[path][name].[ext]', pattern: /.*/ })
  .copyFiles({ from: './skins', to: 'skins/[name].[ext]', pattern: /skin-.*\.min.css/ })
  .configureFilenames({ js: 'js/[name].js', css: 'css/[name].css' })
  .addEntry('rich-editor', './src/editor.js')
  .addStyleEntry('print', './src/print.css');

module.exports = Encore.getWebpackConfig();
