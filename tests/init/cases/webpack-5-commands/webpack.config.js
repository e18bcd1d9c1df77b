const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const WebpackAssetsManifest = require('webpack-assets-manifest');

module.exports = {
  entry: { admin: './src/admin/admin.js' },
  output: { path: `${__dirname}/public/js`, filename: '[name].js' },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [
    new MiniCssExtractPlugin({ filename: '[name].css' }),
    new WebpackAssetsManifest({ output: 'assets.json', integrity: true }),
  ],
};
