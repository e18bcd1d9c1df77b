const mix = require('laravel-mix');

['one', 'two'].forEach((name) => mix.js(`resources/js/${name}.js`, 'public/js'));

mix.scripts(['resources/old/base.js', 'resources/old/one.js'], 'public/js/old-one.js')
   .scripts(['resources/old/base.js', 'resources/old/two.js'], 'public/js/old-two.js');
