const Encore = require('@symfony/webpack-encore');
const path = require('path');

// Manually configure the runtime environment if not already configured yet by the "encore" command.
if (!Encore.isRuntimeEnvironmentConfigured()) {
    Encore.configureRuntimeEnvironment(process.env.NODE_ENV || 'dev');
}

Encore
    // directory where compiled assets will be stored
    .setOutputPath('public/build/')
    // public path used by the web server to access the output path
    .setPublicPath('/build')
    //.setManifestKeyPrefix('build/')

    .addEntry('app', './assets/app.js')
    .addEntry('admin', './assets/admin.js')
    .addStyleEntry('print', './assets/styles/print.scss')

    .splitEntryChunks()
    .enableSingleRuntimeChunk()
    .cleanupOutputBeforeBuild()
    .enableBuildNotifications(false)
    .enableSourceMaps(!Encore.isProduction())
    .enableVersioning(Encore.isProduction())

    .configureBabelPresetEnv((config) => {
        config.useBuiltIns = false;
    })
    .enableSassLoader((options) => {
        options.sassOptions = { includePaths: ['assets/common'] };
    })
    .autoProvidejQuery()
    .addAliases({ '@': path.resolve(__dirname, 'assets/js') })
    .copyFiles([
        { from: './assets/images', to: 'images/[path][name].[ext]', pattern: /\.(png|jpg)$/ },
        { from: './assets/docs' , to: 'docs/[path][name].[ext]' },
        { from: './assets/docs', to: 'flat/[name].[ext]' },
        { from: './assets/docs', to: 'top/[path][name].[ext]', pattern: /\.txt$/, includeSubdirectories: false },
        { from: './assets/docs', to: 'all/[path][name].[ext]', context: './assets' },
    ])
    .configureDefinePlugin((options) => {
        options.SITE = JSON.stringify('encore');
    })
;

module.exports = Encore.getWebpackConfig();
