const path = require('path');
const { globSync } = require('glob');
const CopyPlugin = require('copy-webpack-plugin');
const MiniCssExtractPlugin = require('mini-css-extract-plugin');

const scripts = path.resolve(__dirname, 'public/js');

class Compiler {
  static libraries = path.resolve(scripts, 'lib');

  static of(name, options) {
    return new this(name).with(options);
  }

  constructor(name) {
    this.name = name;
  }

  with(options) {
    return {
      name: this.name,
      mode: 'production',
      devtool: 'hidden-source-map',
      ...options,
      module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
      plugins: [new MiniCssExtractPlugin({ filename: '[name].css' }), ...(options.plugins || [])],
    };
  }
}

const bundles = {};
for (const file of globSync(path.resolve(__dirname, 'bundles') + '/!(*.min).js')) {
  bundles['lib/' + path.basename(file, '.js')] = file;
}
const names = { Theme: 'window' };

module.exports = [
  Compiler.of('site', {
    entry: {
      theme: {
        import: ['./src/base.css', './src/theme.js'],
        library: {
          name: 'Theme',
          type: Object.prototype.hasOwnProperty.call(names, 'Theme') ? names.Theme : 'var',
        },
      },
      plain: './src/plain.js',
      ...bundles,
    },
    output: { path: scripts, filename: '[name].js' },
    plugins: [
      new CopyPlugin({
        patterns: [
          { context: 'static', from: 'l10n/**/*.txt', to: path.resolve(scripts, 'texts') },
          { from: path.resolve(__dirname, 'static/one.txt'), to: 'texts/two.txt' },
          { from: 'static/l10n/*.txt', to: 'flat/[name][ext]' },
        ],
      }),
    ],
  }),
  Compiler.of('maps', {
    entry: './src/maps.js',
    output: { path: Compiler.libraries, filename: 'maps.js', library: 'maps', libraryTarget: 'umd' },
  }),
];
