const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

module.exports = {
  mode: 'production',
  entry: { shop: './src/shop.js', map: './src/map.js' },
  output: { path: path.resolve(__dirname, 'dist'), filename: '[name].js' },
  module: {
    rules: [
      { test: /\.scss$/, use: [MiniCssExtractPlugin.loader, 'css-loader', 'sass-loader'] },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      {
        test: /\.png$/,
        loader: 'file-loader',
        options: { name: '[name].[ext]', outputPath: path.resolve(__dirname, 'dist/images/') },
      },
      {
        test: /\.woff$/,
        loader: 'file-loader',
        options: { name: '[name].[ext]', outputPath: path.resolve(__dirname, 'assets/fonts') },
      },
    ],
  },
  plugins: [new MiniCssExtractPlugin({ filename: '[name].css' })],
};
