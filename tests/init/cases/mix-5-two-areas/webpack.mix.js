const mix = require('laravel-mix');
const webpack = require('webpack');
const path = require('path');

const assets = 'public/assets';
const js = (name) => path.join('resources', 'js', name);

mix.webpackConfig(() => ({
  resolve: {
    alias: {
      '@': path.resolve('resources/js'),
    },
  },
  plugins: [
    // Words of other languages are not needed.
    new webpack.IgnorePlugin(/^\.\/locale$/, /moment$/),
    new webpack.ProvidePlugin({ $: 'jquery' }),
  ],
}));

mix.js([js('setup.js'), js('site.js')], `${assets}/js/site.js`);

mix.styles([
  'resources/css/reset.css',
  'resources/css/site.css',
], `${assets}/css/all.css`);

mix.scripts(['resources/js/legacy/10-first.js', 'resources/js/legacy/20-second.js'], `${assets}/js/legacy.js`)
  .copy('node_modules/jquery/LICENSE.txt', `${assets}/licences/jquery.txt`)
  .copy(['resources/img/a.txt', 'resources/img/b.txt'], `${assets}/img`)
  .version();
