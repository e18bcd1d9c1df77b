const gulp = require('gulp');
const webpack = require('webpack');
const webpackStream = require('webpack-stream');
const config = require('../webpack.config');

module.exports = () => webpackStream(config, webpack).pipe(gulp.dest('public/js'));
