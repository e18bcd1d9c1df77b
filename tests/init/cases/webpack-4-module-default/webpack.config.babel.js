import path from 'path';
import webpack from 'webpack';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import OptimizeCssAssetsPlugin from 'optimize-css-assets-webpack-plugin';
import { version } from './package.json';

const { NODE_ENV = 'production' } = process.env;
const minified = NODE_ENV === 'production' ? '.min' : '';

const rules = [
  { test: /\.js$/, exclude: /node_modules/, use: 'babel-loader' },
  { test: /\.s?css$/, use: [MiniCssExtractPlugin.loader, 'css-loader', 'sass-loader'] },
];

const base = {
  mode: NODE_ENV,
  resolve: {
    modules: [path.resolve(__dirname, 'src'), 'node_modules'],
    mainFields: ['browser', 'main'],
  },
  module: { rules: [...rules] },
};

export default {
  ...base,
  entry: { editor: ['./src/polyfills.js', './src/editor.js'] },
  output: { path: path.resolve(__dirname, 'dist'), filename: `[name]${minified}.js` },
  plugins: [
    new webpack.EnvironmentPlugin({ FEATURE: 'drawing' }),
    new webpack.BannerPlugin({ banner: `editor ${version}` }),
    new MiniCssExtractPlugin({ filename: `[name]${minified}.css` }),
    new OptimizeCssAssetsPlugin(),
  ],
};
