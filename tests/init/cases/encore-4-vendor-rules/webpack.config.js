const Encore = require('@symfony/webpack-encore');
const webpack = require('webpack');

Encore
  .setOutputPath('./public/bundles/panel')
  .setPublicPath('/bundles/panel')
  .setManifestKeyPrefix('bundles/panel')
  .cleanupOutputBeforeBuild()
  .disableSingleRuntimeChunk()
  .enableSourceMaps(false)
  .enableVersioning(false)
  .when((encore) => encore.isProduction(), (encore) => encore.addEntry('panel', './assets/panel.js'))
  .addStyleEntry('theme', './assets/theme.css')
  .addExternals({ chart: 'Chart' })
  .addPlugin(new webpack.ProvidePlugin({ words: __dirname + '/assets/words.js' }))
  .configureImageRule({ type: 'asset', maxSize: 20, filename: 'images/[name][ext]' })
  .configureTerserPlugin((options) => {
    options.extractComments = false;
  });

module.exports = Encore.getWebpackConfig();
