const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const { WebpackManifestPlugin } = require('webpack-manifest-plugin');

module.exports = {
  mode: 'production',
  entry: { app: './src/app.js', cart: './src/cart.js' },
  output: { path: path.resolve(__dirname, 'js'), filename: '[name].min.js' },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [
    new MiniCssExtractPlugin({ filename: '[name].min.css' }),
    new WebpackManifestPlugin({ publicPath: '', fileName: 'files.json' }),
  ],
};
