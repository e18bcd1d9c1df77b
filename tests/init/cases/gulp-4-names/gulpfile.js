const { src, dest, series } = require('gulp');
const cleanCss = require('gulp-clean-css');
const flatten = require('gulp-flatten');
const gulpif = require('gulp-if');
const rename = require('gulp-rename');
const sass = require('gulp-sass')(require('sass'));
const uglify = require('gulp-uglify');

const isLive = process.env.NODE_ENV === 'production';

const styles = () => src('components/**/*.scss')
  .pipe(sass())
  .pipe(rename({ dirname: '' }))
  .pipe(dest('public/css'))
  .pipe(cleanCss())
  .pipe(gulpif(isLive, rename({ suffix: '.min' })))
  .pipe(dest('public/css'));

const print = () => src('print/**/*.scss')
  .pipe(sass())
  .pipe(rename({ dirname: 'sheets', basename: 'print' }))
  .pipe(dest('public/css'));

// The names count in the order of the steps.
const scripts = () => src('lib/**/*.js')
  .pipe(uglify())
  .pipe(rename({ prefix: 'p-', extname: '.min.js' }))
  .pipe(flatten({ includeParents: 1 }))
  .pipe(dest('public/js'));

const kept = () => src('lib/**/one.js')
  .pipe(uglify())
  .pipe(flatten({ subPath: [1, 2] }))
  .pipe(dest('public/kept'));

const fonts = () => src('fonts/**/*').pipe(flatten()).pipe(dest('public/fonts'));

const icons = () => src(['icons/*.svg', '!icons/old.svg'], { base: '.' })
  .pipe(rename({ dirname: '.' }))
  .pipe(dest('public/icons'));

const notes = () => src('notes/read.txt')
  .pipe(gulpif('*.md', rename({ suffix: '-page' })))
  .pipe(rename({ basename: 'about' }))
  .pipe(dest('public'));

const vendor = () => src(['vendor/a/x.min.js', 'vendor/b/x.min.js'], { base: 'vendor' })
  .pipe(flatten({ newPath: 'all' }))
  .pipe(dest('public/vendor'));

exports.default = series(styles, print, scripts, kept, fonts, icons, notes, vendor);
