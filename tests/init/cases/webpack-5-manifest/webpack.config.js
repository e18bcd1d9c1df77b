const path = require('path');
const CopyPlugin = require('copy-webpack-plugin');
const { WebpackManifestPlugin } = require('webpack-manifest-plugin');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const { DefinePlugin } = require('webpack');

module.exports = (env = {}) => {
  const production = Boolean(env.production);
  const name = production ? '[name].[contenthash]' : '[name]';

  const config = {
    mode: production ? 'production' : 'development',
    devtool: production ? 'source-map' : 'eval',
    entry: {
      site: { import: ['./front/setup.js', './front/site.js'] },
      print: './front/print.scss',
    },
    output: {
      path: path.resolve(__dirname, 'public', 'assets'),
      publicPath: '/assets/',
      filename: `${name}.js`,
      chunkFilename: `${name}.js`,
    },
    module: {
      rules: [
        {
          test: /\.(sa|sc|c)ss$/,
          use: [
            MiniCssExtractPlugin.loader,
            { loader: 'css-loader', options: { importLoaders: 1 } },
            {
              loader: 'sass-loader',
              options: { additionalData: `$assets: "${production ? '/assets' : ''}";` },
            },
          ],
        },
      ],
    },
    plugins: [
      new MiniCssExtractPlugin({ filename: `${name}.css` }),
      new CopyPlugin({
        patterns: [
          {
            from: 'front/icons',
            to: 'icons',
            globOptions: {
              ignore: ['**/*.draft.svg', path.resolve(__dirname, 'front/icons/old/**'), 'deep/b.svg'],
            },
          },
          { from: path.resolve(__dirname, 'front/robots.txt') },
          { from: 'front/fonts/**/*.ttf', to: 'fonts/[name][ext]' },
        ],
      }),
      new WebpackManifestPlugin({ publicPath: '' }),
    ],
  };

  config.plugins.push(new DefinePlugin({ 'process.env': JSON.stringify({ KIND: 'site' }) }));

  return config;
};
