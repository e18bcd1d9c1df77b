const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const CopyGlobsPlugin = require('copy-globs-webpack-plugin');
const VuetifyLoaderPlugin = require('vuetify-loader/lib/plugin');

module.exports = {
  context: path.join(__dirname, 'src'),
  entry: { theme: ['./base.scss', './theme.css'] },
  output: { path: path.join(__dirname, 'dist'), filename: '[name].js' },
  module: { rules: [{ test: /\.s?css$/, use: [MiniCssExtractPlugin.loader, 'css-loader', 'sass-loader'] }] },
  plugins: [
    new MiniCssExtractPlugin({ filename: '[name].css' }),
    new CopyGlobsPlugin({ pattern: 'images/**/*', output: '[path][name].[ext]' }),
    new VuetifyLoaderPlugin(),
  ],
};
