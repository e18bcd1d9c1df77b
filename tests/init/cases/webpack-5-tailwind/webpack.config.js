const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

const { loader } = MiniCssExtractPlugin;

module.exports = {
  mode: 'production',
  entry: { shop: './src/shop.js' },
  output: { path: path.join(__dirname, 'public'), filename: '[name].js' },
  module: {
    rules: [
      { test: /\.css$/, use: [loader, 'css-loader', '@tailwindcss/webpack'] },
      {
        test: /\.sass$/,
        use: [
          loader,
          'css-loader',
          // sass-loader puts this on a line of its own.
          { loader: 'sass-loader', options: { additionalData: '@use "brand" as *' } },
        ],
      },
    ],
  },
  plugins: [new MiniCssExtractPlugin()],
};
