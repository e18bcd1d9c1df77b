const path = require('path');
const Encore = require('@symfony/webpack-encore');
const webpack = require('webpack');

const common = path.resolve(__dirname, 'bundles/common/js/');

// The shop
Encore
  .setOutputPath('public/build/shop/')
  .setPublicPath('/build/shop')
  .addEntry('shop-entry', './bundles/shop/entry.js')
  .disableSingleRuntimeChunk()
  .cleanupOutputBeforeBuild()
  .enableSourceMaps(!Encore.isProduction())
  .enableVersioning(Encore.isProduction());

const shop = Encore.getWebpackConfig();

shop.resolve.alias['market/common'] = common;
shop.name = 'shop';

Encore.reset();

// The administration
Encore
  .setOutputPath('public/build/admin/')
  .setPublicPath('/build/admin')
  .addEntry('admin-entry', './bundles/admin/entry.js')
  .disableSingleRuntimeChunk()
  .cleanupOutputBeforeBuild()
  .enableVersioning(Encore.isProduction())
  .enableSassLoader();

const admin = Encore.getWebpackConfig();

admin.resolve.alias['market/common'] = common;
admin.externals = Object.assign({}, admin.externals, { locale: 'Locale' });
admin.plugins.push(new webpack.DefinePlugin({ AREA: '"admin"' }));
admin.name = 'admin';

module.exports = [shop, admin];
