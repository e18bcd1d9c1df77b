const elixir = require('laravel-elixir');

require('laravel-elixir-webpack-official');

/*
 |--------------------------------------------------------------------------
 | Elixir Asset Management
 |--------------------------------------------------------------------------
 */

elixir((mix) => {
    mix.sass('app.scss')
       .webpack('app.js');

    // Plain files of the old theme.
    mix.scripts(['vendor/one.js', 'vendor/two.js'], 'public/js/vendor.js')
       .styles(['one.css', 'two.css'], 'public/css/vendor.css', 'resources/theme/css')
       .copy('resources/assets/fonts', 'public/fonts');

    mix.version(['css/app.css', 'js/app.js']);
});
