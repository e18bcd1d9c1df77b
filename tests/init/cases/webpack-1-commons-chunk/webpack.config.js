var path = require('path');
var webpack = require('webpack');
var ExtractTextPlugin = require('extract-text-webpack-plugin');

var production = process.env.NODE_ENV === 'production';

var plugins = [
    new ExtractTextPlugin('[name].css'),
    new webpack.optimize.CommonsChunkPlugin('vendor', 'vendor.js'),
    new webpack.ProvidePlugin({
        '$': 'jquery',
        'jQuery': 'jquery'
    })
];

if (production) {
    plugins = plugins.concat([
        new webpack.optimize.OccurenceOrderPlugin(),
        new webpack.optimize.DedupePlugin(),
        new webpack.optimize.UglifyJsPlugin({ mangle: true, compress: { warnings: false } }),
        new webpack.DefinePlugin({ 'process.env': { NODE_ENV: JSON.stringify('production') } })
    ]);
}

module.exports = {
    debug: !production,
    devtool: production ? false : 'eval',
    entry: {
        app: './front/app',
        profile: './front/profile',
        vendor: ['jquery', 'events-hub']
    },
    output: {
        path: path.join(__dirname, 'web', 'build'),
        publicPath: '/build/',
        filename: '[name].js'
    },
    resolve: {
        root: path.resolve('./front'),
        modulesDirectories: ['node_modules'],
        extensions: ['', '.js']
    },
    module: {
        loaders: [
            { test: /\.js$/, exclude: /node_modules/, loader: 'babel', query: { presets: ['es2015'] } },
            { test: /\.css$/, loader: ExtractTextPlugin.extract('style-loader', 'css-loader') },
            { test: /\.(png|gif)$/, loader: 'url-loader?limit=10&name=img/[name].[ext]' },
            { test: /\.json$/, loader: 'json' }
        ]
    },
    plugins: plugins
};
