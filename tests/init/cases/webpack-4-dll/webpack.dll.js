const path = require('path');
const webpack = require('webpack');

module.exports = {
  mode: 'production',
  entry: { libs: ['clock'] },
  output: { path: path.resolve(__dirname, 'dist/dll'), filename: '[name].dll.js', library: '[name]_library' },
  plugins: [
    new webpack.DllPlugin({
      context: __dirname,
      name: '[name]_library',
      path: path.join(__dirname, 'dist/dll', '[name]-manifest.json'),
    }),
  ],
};
