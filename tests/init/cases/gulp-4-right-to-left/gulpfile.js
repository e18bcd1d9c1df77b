const { src, dest, series } = require('gulp');
const sass = require('gulp-sass')(require('sass'));
const eol = require('gulp-eol');
const lineEndings = require('gulp-line-ending-corrector');
const notify = require('gulp-notify');
const plumber = require('gulp-plumber');
const rename = require('gulp-rename');
const rtlcss = require('gulp-rtlcss');
const sort = require('gulp-sort');
const wpPot = require('gulp-wp-pot');

const styles = () => src('sass/*.scss')
  .pipe(plumber())
  .pipe(sass())
  .pipe(lineEndings())
  .pipe(dest('public/css'))
  .pipe(notify({ message: 'styles' }));

const flipped = () => src('sass/*.scss')
  .pipe(sass())
  .pipe(rename({ suffix: '-rtl' }))
  .pipe(rtlcss())
  .pipe(eol())
  .pipe(dest('public/css'));

const texts = () => src('**/*.php')
  .pipe(sort())
  .pipe(wpPot({ domain: 'directions' }))
  .pipe(dest('languages/directions.pot'));

exports.default = series(styles, flipped, texts);
