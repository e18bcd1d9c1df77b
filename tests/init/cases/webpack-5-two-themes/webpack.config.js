const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

const theme = (name) => ({
  mode: 'production',
  entry: { [name]: `./${name}/main.css` },
  output: { path: path.resolve(__dirname, 'themes', name) },
  module: {
    rules: [
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      { test: /\.(png|svg)$/i, type: 'asset/resource', generator: { filename: 'img/[name][ext]' } },
      { test: /webfont\.svg$/, type: 'asset/resource', generator: { filename: 'fonts/[name][ext]' } },
    ],
  },
  plugins: [new MiniCssExtractPlugin({ filename: 'css/[name].css' })],
});

module.exports = [theme('light'), theme('dark')];
