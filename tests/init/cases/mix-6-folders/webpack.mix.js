const mix = require('laravel-mix');

mix.options({ publicPath: 'public/assets/', resourceRoot: '/assets/' })
    .js('src/app.js', 'scripts')
    // Mix copies to paths of the project, whatever publicPath is.
    .copy('lib/reset.css', 'src/lib/_reset.scss')
    .copy('src/texts', 'public/assets/texts');
