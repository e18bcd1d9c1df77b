const Encore = require('@symfony/webpack-encore');

const build = (name, isVersioned) => {
  Encore.reset();
  Encore
    .setOutputPath(`public/build/${name}/`)
    .setPublicPath(`/build/${name}/`)
    .addEntry(name, `./assets/${name}.js`)
    .disableSingleRuntimeChunk()
    .enableVersioning(isVersioned && Encore.isProduction());
  return Encore.getWebpackConfig();
};

// For others: no server has this folder at an address that fits the other builds.
Encore
  .setOutputPath('src/Resources/public/')
  .setPublicPath('/public/')
  .addEntry('shop', './assets/shop.js')
  .addEntry('admin', './assets/admin.js')
  .disableSingleRuntimeChunk();

const dist = Encore.getWebpackConfig();

Encore.reset();

module.exports = [build('shop', true), build('admin', false), dist];
