const { join } = require('path');
const HtmlWebpackPlugin = require('html-webpack-plugin');
const settings = require('./src/settings');

const production = process.env.NODE_ENV === 'production';

module.exports = {
  name: settings.title,
  mode: production ? 'production' : 'none',
  entry: join(__dirname, 'src'),
  output: { path: join(__dirname, 'dist'), filename: 'js/[name].[hash:8].js', publicPath: '/' },
  plugins: [
    new HtmlWebpackPlugin({
      template: './public/index.html',
      favicon: production ? undefined : './public/favicon.ico',
      title: settings.title,
      description: settings.description,
      meta: false,
      minify: production && { collapseWhitespace: true, removeComments: true },
    }),
  ],
};
