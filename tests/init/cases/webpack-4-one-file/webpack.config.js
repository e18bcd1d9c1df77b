const path = require('path');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');
const { CleanWebpackPlugin } = require('clean-webpack-plugin');

// Where the theme expects its files.
const PUBLIC = path.resolve(__dirname, 'public/dist');

function resolve(dir) {
  return path.join(__dirname, 'assets', dir);
}

module.exports = {
  mode: 'production',
  // devtool: 'source-map',
  entry: {
    'js/main': './assets/js/main.js',
  },
  output: {
    path: PUBLIC,
    publicPath: '/dist/',
    filename: '[name].js',
  },
  resolve: {
    extensions: ['.js', '.json'],
    alias: {
      '@': resolve('js'),
      images: resolve('images'),
    },
  },
  module: {
    rules: [
      {
        test: /\.js$/,
        exclude: /(node_modules|bower_components)/,
        use: { loader: 'babel-loader', options: { presets: ['@babel/preset-env'] } },
      },
      {
        test: /\.scss$/,
        use: [
          MiniCssExtractPlugin.loader,
          'css-loader',
          { loader: 'sass-loader', options: { sassOptions: { includePaths: [resolve('scss')] } } },
        ],
      },
      {
        test: /\.(png|jpe?g|gif|svg)$/i,
        loader: 'url-loader',
        options: { limit: 40, name: 'images/[name].[ext]' },
      },
    ],
  },
  plugins: [
    new CleanWebpackPlugin(),
    new MiniCssExtractPlugin({ filename: '[name].css' }),
  ],
};
