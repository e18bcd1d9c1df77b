const mix = require('laravel-mix');
mix.js('resources/admin/js/admin.js', 'public/admin/js');
