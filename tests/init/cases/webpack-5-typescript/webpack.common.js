const path = require('path');

module.exports = ({ production }) => ({
  entry: './src/app.ts',
  output: { filename: 'app.js', path: path.resolve(__dirname, 'build') },
  resolve: { extensions: ['.ts', '.tsx', '.js'] },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: 'ts-loader', exclude: /node_modules/, options: { transpileOnly: production } },
      { test: /\.css$/, use: ['style-loader', { loader: 'css-loader', options: { url: true } }] },
    ],
  },
});
