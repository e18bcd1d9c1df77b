var Encore = require('@symfony/webpack-encore');

var pages = ['home', 'contact'];

Encore
    .setOutputPath('web/build/')
    .setPublicPath('/build')
    .disableSingleRuntimeChunk()
    .cleanupOutputBeforeBuild()
    .enableVersioning(false)
    .configureFilenames({
        js: '[name].js',
        css: '[name].css',
        images: 'images/[name].[ext]',
        fonts: 'fonts/[name].[ext]',
    })
    .copyFiles({ from: './node_modules/glyphs/fonts', to: 'glyphs/[name].[ext]', pattern: /\.(woff2?|ttf)$/ })
    .addLoader({ test: /\.html$/, loader: 'raw-loader' })
    .enableSassLoader(function (options) {}, { resolveUrlLoader: false });

pages.forEach(function (page) {
    Encore.addEntry(page, './front/pages/' + page + '.js');
});

var config = Encore.getWebpackConfig();

config.watchOptions = { poll: true, ignored: /node_modules/ };

module.exports = config;
