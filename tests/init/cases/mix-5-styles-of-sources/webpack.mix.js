const mix = require('laravel-mix');

// Paths begin in the public folder: this one is compiled into the folder of the sources.
mix.sass('resources/sass/style.scss', '../resources/css/style.css')
    .styles(['resources/css/tags.css', 'resources/css/style.css'], 'public/css/all.css')
    // No other call reads it.
    .sass('resources/sass/mail.scss', '../resources/views/mail.css');
