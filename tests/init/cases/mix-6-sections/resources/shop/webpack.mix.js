const mix = require('laravel-mix');
const glob = require('glob');
const { basename } = require('path');

mix.setPublicPath('public/shop');

glob.sync('resources/shop/js/[a-z]*.js').forEach((file) => {
    if (basename(file).indexOf('part-') === 0) return;
    mix.js(file, 'js');
});

mix.sass('resources/shop/sass/shop.scss', 'css', {
    sassOptions: { includePaths: ['resources/common/sass'] },
}).version();
