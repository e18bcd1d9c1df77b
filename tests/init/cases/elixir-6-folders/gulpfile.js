const elixir = require('laravel-elixir');

elixir.config.assetsPath = 'assets';
elixir.config.publicPath = 'web';

elixir((mix) => {
    mix.sass('app.scss')
       .scripts(['one.js', 'two.js']);
});
