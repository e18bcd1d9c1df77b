const path = require('path');
const { resolve } = path;

module.exports = {
  mode: 'production',
  target: 'node',
  entry: resolve('src/server.js'),
  output: { path: resolve('server'), filename: 'index.js', libraryTarget: 'commonjs2' },
  node: { __dirname: false },
  externals: ['express'],
};
