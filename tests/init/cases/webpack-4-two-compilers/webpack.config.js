const { resolve } = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

const isProduction = process.env.NODE_ENV === 'production';

function config(name, entry, options = {}) {
  return {
    name,
    mode: isProduction ? 'production' : 'development',
    target: 'web',
    entry,
    output: { path: resolve(__dirname, 'static', 'js'), filename: '[name].js' },
    module: {
      rules: [
        { test: /\.css$/, use: [isProduction ? MiniCssExtractPlugin.loader : 'style-loader', 'css-loader'] },
      ],
    },
    plugins: [new MiniCssExtractPlugin({ filename: '[name].css' })],
    ...options,
  };
}

module.exports = [
  config('front', { front: resolve(__dirname, 'src/front.js') }),
  config('back', { 'admin/back': resolve(__dirname, 'src/back.js') }, {
    externals: { jquery: 'jQuery' },
  }),
];
