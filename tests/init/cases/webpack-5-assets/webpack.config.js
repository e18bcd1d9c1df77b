const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const CssMinimizerPlugin = require('css-minimizer-webpack-plugin');

/** @type {import('webpack').Configuration} */
const config = {
  mode: 'production',
  context: path.resolve(__dirname, 'client'),
  entry: { app: { import: './app.js' } },
  output: {
    path: path.resolve(__dirname, 'dist'),
    publicPath: '/dist/',
    filename: '[name].js',
    assetModuleFilename: 'other/[hash][ext][query]',
    clean: true,
  },
  resolve: { preferRelative: true },
  module: {
    rules: [
      { test: /\.css$/i, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      {
        test: /\.(?:ico|gif|png|jpg|jpeg|svg)$/i,
        type: 'asset',
        parser: { dataUrlCondition: { maxSize: 50 } },
        generator: { filename: 'img/[name][ext]' },
      },
      { test: /\.glsl$/, type: 'asset/source' },
      { test: /\.(woff|woff2)$/, type: 'asset/inline' },
      { test: /\.csv$/, type: 'asset/resource', generator: { filename: 'img/[name][ext]' } },
    ],
  },
  optimization: { minimizer: ['...', new CssMinimizerPlugin()] },
  plugins: [new MiniCssExtractPlugin()],
};

module.exports = config;
