const { src, dest, series, watch } = require('gulp');
const chug = require('gulp-chug');
const cleanCss = require('gulp-clean-css');
const concat = require('gulp-concat');
const filter = require('gulp-filter');
const ignore = require('gulp-ignore');
const rename = require('gulp-rename');
const sass = require('gulp-sass')(require('sass'));
const uglify = require('gulp-uglify');

const beside = () => src(['public/own/*.js', 'public/other/*.js'])
  .pipe(ignore.exclude('*.min.js'))
  .pipe(uglify())
  .pipe(rename({ suffix: '.min' }))
  .pipe(dest((file) => file.base));

const scripts = () => src('lib/**/*.js')
  .pipe(filter(['**/*.js', '!**/old/**']))
  .pipe(uglify())
  .pipe(dest('public/lib'));

// The filter sees what Sass writes.
const styles = () => src('sass/*.scss')
  .pipe(sass())
  .pipe(filter('*.css'))
  .pipe(ignore.include(/site/))
  .pipe(dest('public/css'));

const texts = filter('**/*.txt', { restore: true });
const files = () => src(['files/**/*', 'index.php'], { base: '.' })
  .pipe(ignore('*.draft.txt'))
  .pipe(texts)
  .pipe(texts.restore)
  .pipe(dest('public'));

const tables = () => src('database/*.sql').pipe(concat('all.sql')).pipe(dest('database'));
const theme = () => src('theme/gulpfile.js', { read: false }).pipe(chug());

exports.print = () => src('print/*.css').pipe(cleanCss()).pipe(dest('public/css'));
exports.watch = () => watch('lib/**', series(scripts));
exports.default = series(beside, scripts, styles, files, tables, theme);
