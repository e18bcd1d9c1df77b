const path = require('path');
const theme = require('./theme.json');

module.exports = {
  mode: 'production',
  devtool: 'source-map',
  entry: {
    app: './src/app.js',
    theme: [`./src/${theme.name}.js`, `./src/${SITE.name}.js`],
    site: [`./src/${SITE.name}.js`],
  },
  output: {
    path: path.resolve(__dirname, 'dist'),
    filename: '[name].js',
    sourceMapFilename: '[file].map.json',
  },
  externals: [
    { 'cart-rows': ['shop', 'parts', 'cart-rows'] },
    ({ request }, callback) => {
      const found = /^forum\/(.+)$/.exec(request);
      return found ? callback(null, `root forum.get('${found[1]}')`) : callback();
    },
  ],
  resolve: { alias: { 'forum/app': path.resolve(__dirname, 'src/forum.js') } },
  optimization: {
    splitChunks: {
      chunks: 'initial',
      cacheGroups: { vendors: { test: /[\\/]node_modules[\\/]/, name: 'vendors', enforce: true } },
    },
  },
};
