const gulp = require('gulp');
const sass = require('gulp-sass')(require('sass'));
const concat = require('gulp-concat');
const uglify = require('gulp-uglify');
const rename = require('gulp-rename');
const cleanCss = require('gulp-clean-css');
const sourcemaps = require('gulp-sourcemaps');
const browserify = require('browserify');
const babelify = require('babelify');
const source = require('vinyl-source-stream');
const buffer = require('vinyl-buffer');
const del = require('del');

const paths = {
  styles: { src: 'assets/src/scss/**/*.scss', dest: 'assets/dist/css/' },
  plugins: { src: ['assets/src/plugins/jquery-part.js', 'assets/src/plugins/*.js', '!assets/src/plugins/old.js'], dest: 'assets/dist/js/' },
  fonts: { src: ['assets/src/fonts/**/*', '!assets/src/fonts/**/*.txt'], dest: 'assets/dist/fonts' },
};

/* Removes what was built. */
const clean = () => del(['assets/dist']);

function styles() {
  return gulp.src(paths.styles.src)
    .pipe(sass({ includePaths: ['assets/src/lib'] }).on('error', sass.logError))
    .pipe(cleanCss({ level: 1 }))
    .pipe(gulp.dest(paths.styles.dest));
}

function scripts() {
  return browserify({ entries: './assets/src/js/app.js', debug: true })
    .transform(babelify.configure({ presets: ['@babel/preset-env'] }))
    .bundle()
    .pipe(source('app.js'))
    .pipe(buffer())
    .pipe(sourcemaps.init({ loadMaps: true }))
    .pipe(uglify())
    .pipe(sourcemaps.write('./'))
    .pipe(gulp.dest('assets/dist/js/'));
}

function plugins() {
  return gulp.src(paths.plugins.src)
    .pipe(concat('plugins.js'))
    .pipe(uglify())
    .pipe(rename({ suffix: '.min' }))
    .pipe(gulp.dest(paths.plugins.dest));
}

function fonts() {
  return gulp.src(paths.fonts.src).pipe(gulp.dest(paths.fonts.dest));
}

function watch() {
  gulp.watch(paths.styles.src, styles);
}

const build = gulp.series(clean, gulp.parallel(styles, scripts, plugins, fonts));

exports.clean = clean;
exports.watch = watch;
exports.build = build;
exports.default = build;
