// Shared with the tests.
module.exports = {
  scripts: 'resources/js',
  target: 'public',
  options: { processCssUrls: true, uglify: { uglifyOptions: { compress: { drop_console: true } } } },
}
