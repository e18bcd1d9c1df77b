const { src, dest, series, parallel, watch } = require('gulp');
const concat = require('gulp-concat');
const cleanCss = require('gulp-clean-css');
const babel = require('gulp-babel');
const uglify = require('gulp-uglify');
const rename = require('gulp-rename');

const areas = [
  { name: 'front', file: 'site', scripts: ['js/base.js', 'js/site.js'], styles: ['css/base.css', 'css/site.css'] },
  { name: 'back', file: 'admin', scripts: ['js/base.js', 'js/admin.js'], styles: [] },
];

const out = (area) => `public/${area.name}`;

const scriptsOf = (area) => {
  const task = () => src(area.scripts)
    .pipe(babel({ presets: [['@babel/preset-env', { modules: false }]], sourceType: 'script' }))
    .pipe(concat(`${area.file}.js`))
    .pipe(dest(out(area)));
  task.displayName = `scripts:${area.name}`;
  return task;
};

const stylesOf = (area) => {
  const task = () => src(area.styles)
    .pipe(concat(`${area.file}.css`))
    .pipe(cleanCss())
    .pipe(dest(out(area)));
  task.displayName = `styles:${area.name}`;
  return task;
};

const build = parallel(
  ...areas.map(scriptsOf),
  ...areas.filter((area) => area.styles.length > 0).map(stylesOf),
);

// What the tasks above write.
const minify = () => src('public/*/*.js')
  .pipe(uglify())
  .pipe(rename({ suffix: '.min' }))
  .pipe(dest('public/min'));

const notes = () => src(['notes/**', '!notes/**/*.draft.txt']).pipe(dest('public/notes'));

// Changes files where they are.
const mend = () => src('css/**/*.css').pipe(dest('css'));

exports.watch = series(build, () => watch(['js/**', 'css/**'], build));
exports.default = series(parallel([build, notes]), minify, [mend]);
