const path = require('path');

const ICONS = path.resolve(__dirname, 'src/icons');

module.exports = {
  mode: 'production',
  entry: { app: './src/app.js' },
  output: { path: path.resolve(__dirname, 'dist'), filename: '[name].js', publicPath: '/dist/' },
  module: {
    rules: [
      {
        oneOf: [
          {
            test: /\.svg$/,
            include: ICONS,
            use: [
              { loader: 'svg-sprite-loader', options: { symbolId: 'icon-[name]' } },
              { loader: 'svgo-loader', options: { plugins: [{ removeTitle: true }] } },
            ],
          },
          { test: /\.(svg|png)$/, exclude: [ICONS], loader: 'file-loader', options: { name: 'img/[name].[ext]' } },
        ],
      },
      { test: require.resolve('store'), use: [{ loader: 'expose-loader', options: 'Store' }] },
    ],
  },
};
