const { src, dest, series } = require('gulp');
const browserify = require('browserify');
const cleanCss = require('gulp-clean-css');
const concat = require('gulp-concat');
const eventStream = require('event-stream');
const merge = require('merge-stream');
const pump = require('pump');
const { pipeline } = require('readable-stream');
const rename = require('gulp-rename');
const sass = require('gulp-sass')(require('sass'));
const source = require('vinyl-source-stream');
const Stream = require('stream');
const streamqueue = require('streamqueue');
const streamSeries = require('stream-series');
const uglify = require('gulp-uglify');
const { promisify } = require('util');

const pipe = promisify(Stream.pipeline);

const scripts = () => pipeline(src('lib/*.js'), uglify(), dest('public/js'));

const old = (done) => pump([src('old/*.js'), concat('old.js'), dest('public/js')], done);

const styles = async () => {
  await pipe(
    src('sass/*.scss'),
    sass().on('error', sass.logError),
    dest('public/css'),
    cleanCss(),
    rename({ suffix: '.min' }),
    dest('public/css'),
  );
};

const copies = () => Stream.promises.pipeline(
  src(['shared/main.min.js', 'shared/[c]ss/site.min.css', 'shared/[f]onts/**']),
  dest('public/shared'),
);

const based = () => src('shared/fonts/*', { base: 'shared' }).pipe(dest('public/based'));

function joined() {
  const one = src('parts/one.js');
  const two = src(['parts/*.js', '!parts/one.js']).pipe(uglify()).pipe(rename('other.js'));
  return merge(two, [one])
    .pipe(concat('joined.js'))
    .pipe(rename({ suffix: '.min' }))
    .pipe(dest('public/js'));
}

const queue = () => streamqueue({ objectMode: true }, () => src('parts/two.js'), src('parts/one.js'))
  .pipe(concat('queue.js'))
  .pipe(dest('public/js'));

const ordered = () => streamSeries(src(['parts/*.js', '!parts/one.js']), src('old/*.js'))
  .pipe(concat('ordered.js'))
  .pipe(dest('public/js'));

function added() {
  const all = merge();
  for (const name of ['two', 'one']) {
    all.add(src(`parts/${name}.js`));
  }
  return all.pipe(concat('added.js')).pipe(dest('public/js'));
}

const apart = () => eventStream.merge(src('lib/*.js'), src('old/first.js'))
  .pipe(uglify())
  .pipe(dest('public/apart'));

const partly = () => merge(
  browserify('lib/site.js').bundle().pipe(source('bundle.js')),
  src('parts/one.js'),
).pipe(concat('partly.js')).pipe(dest('public/js'));

exports.default = series(
  scripts, old, styles, copies, based, joined, queue, ordered, added, apart, partly,
);
