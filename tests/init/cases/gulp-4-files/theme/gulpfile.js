const { src, dest } = require('gulp'); exports.default = () => src('*.js').pipe(dest('public'));
