let mix = require('laravel-mix');
const path = require('path');
const fs = require('fs');

mix.webpackConfig({
  output: {
    publicPath: '/',
    chunkFilename: 'js/[name].[chunkhash].js',
  },
  resolve: {
    alias: {
      lang: path.resolve(__dirname, 'resources/assets/js/lang'),
    },
    modules: [
      'node_modules',
      path.resolve(__dirname, 'resources/assets/js'),
    ],
  },
});

let themes = ['default', 'dark'];

themes.forEach((theme) => {
  mix.sass(`resources/assets/sass/themes/${theme}.scss`, 'public/css/themes').version();
});

// Every script in admin/ is a page.
fs.readdirSync('resources/assets/js/admin').forEach((file) => {
  if (file.endsWith('.js')) {
    mix.js(`resources/assets/js/admin/${file}`, 'public/js/admin');
  }
});

mix.js('resources/assets/js/app.js', 'public/js')
  .sass('resources/assets/sass/app.scss', 'public/css')
  .copyDirectory('resources/assets/img', 'public/img')
  .disableNotifications()
  .version();
