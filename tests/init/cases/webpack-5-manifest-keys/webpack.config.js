const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const WebpackAssetsManifest = require('webpack-assets-manifest');

module.exports = {
  mode: 'production',
  entry: { app: './src/app.js', 'pages/list': './src/list.js', print: './src/print.css' },
  output: {
    path: path.resolve(__dirname, 'public/build'),
    filename: 'js/site-[name].[contenthash].js',
  },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [
    new MiniCssExtractPlugin({ filename: 'css/[name].bundle.[contenthash].css' }),
    new WebpackAssetsManifest(),
  ],
};
