const mix = require('laravel-mix');
const path = require('path');

mix
    .setPublicPath(path.normalize('public/vendor/panel'))
    .setResourceRoot('/vendor/panel/')
    .js('resources/js/app.js', '')
    .vue({ version: 2 })
    .sass('resources/sass/app.scss', '')
    .alias({ '@': path.join(__dirname, 'resources/js') })
    .define({ PANEL_VERSION: '4.0' })
    .options({
        terser: { extractComments: false },
    })
    .before(() => { console.log('a build begins'); })
    .then(() => { console.log('it has ended'); });

if (mix.inProduction()) {
    mix.version();
}
