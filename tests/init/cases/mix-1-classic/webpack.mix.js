const { mix } = require('laravel-mix');

/*
 | Styles and scripts of the library. `npm run dev` builds them, `npm run production` minifies.
 */

mix.autoload({ jquery: ['$', 'window.jQuery', 'jQuery'] });

mix.js('resources/assets/js/app.js', 'public/js')
    .extract(['jquery', 'events-hub'])
    .sass('resources/assets/sass/app.scss', 'public/css')
    .combine([
        'resources/assets/plugins/first.js',
        'resources/assets/plugins/second.js',
    ], 'public/js/plugins.js')
    .copy('resources/assets/fonts', 'public/fonts', false);

if (mix.config.inProduction) {
    mix.version();
}
