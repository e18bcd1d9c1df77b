const path = require('path');

const vendor = (file) => path.resolve(__dirname, 'vendor', file);

module.exports = {
  mode: 'production',
  entry: './src/main',
  output: { path: path.resolve(__dirname, 'out'), filename: 'bundle.js' },
  module: {
    rules: [
      { test: /\.tpl$/, use: 'raw-loader' },
      { test: vendor('calendar.js'), use: 'exports-loader?Calendar' },
      { test: vendor('counter.js'), use: [{ loader: 'script-loader' }] },
      {
        test: /\.md$/,
        // Our own: headings become capitals.
        use: path.resolve(__dirname, 'build/capitals-loader.js'),
      },
    ],
  },
};
