const gulp = require('gulp');
const rename = require('gulp-rename');
const terser = require('gulp-terser');

gulp.task('js', () => gulp.src('JavaScript/**/*.js')
  .pipe(terser())
  .pipe(rename({ suffix: '.min' }))
  .pipe(gulp.dest('Public')));

gulp.task('build', gulp.series('js'));
