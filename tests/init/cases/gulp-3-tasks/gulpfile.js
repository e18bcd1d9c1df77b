'use strict';

var gulp = require('gulp');
var concat = require('gulp-concat');
var uglify = require('gulp-uglify');
var minify = require('gulp-minify-css');
var gulpif = require('gulp-if');
var util = require('gulp-util');

var production = !!util.env.production || true;

var bower = 'bower_components/';
var scripts = [
    bower + 'first/first.js',
    bower + 'second/second.js',
    'front/js/site.js'
];

gulp.task('scripts', function () {
    return gulp.src(scripts)
        .pipe(concat('all.min.js'))
        .pipe(gulpif(production, uglify()))
        .pipe(gulp.dest('web/js'));
});

gulp.task('styles', function () {
    return gulp.src(['front/css/reset.css', 'front/css/site.css'])
        .pipe(concat('site.css'))
        .pipe(minify())
        .pipe(gulp.dest('web/css'));
});

gulp.task('images', function () {
    gulp.src('front/img/**/*.{png,svg}').pipe(gulp.dest('web/img'));
});

gulp.task('watch', function () {
    gulp.watch('front/**/*', ['default']);
});

gulp.task('default', ['scripts', 'styles', 'images']);
