const { src, dest, series } = require('gulp');
const { rollup } = require('rollup');
const uglify = require('gulp-uglify');
const config = require('./rollup.config');

const paths = {
  base: 'public',
  get scripts() { return `${this.base}/js`; },
};

function form(done) {
  rollup(config.form)
    .then((bundle) => bundle.write(config.form.output))
    .then(() => done());
}

const unknown = () => rollup({ input: 'src/other.js' }).then((bundle) => bundle.generate({}));

const other = () => src('src/other.js').pipe(uglify()).pipe(dest(paths.scripts));

exports.build = series(form, unknown, other);
