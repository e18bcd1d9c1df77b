const sass = require('sass');

module.exports = function (grunt) {
  require('load-grunt-tasks')(grunt, { config: __dirname + '/grunt-tasks.json', pattern: ['grunt-browserify', 'grunt-sass'] });

  const target = grunt.option('target') || 'web/assets';

  grunt.initConfig({
    browserify: {
      app: {
        files: { [`${target}/app.js`]: ['client/app.js'] },
        options: {
          browserifyOptions: { debug: false },
          transform: [['babelify', { presets: ['@babel/preset-env'] }]],
        },
      },
    },
    sass: {
      options: { implementation: sass, sourceMap: false, includePaths: ['client/lib'] },
      app: { files: [{ expand: true, cwd: 'client', src: ['*.scss'], dest: target, ext: '.css' }] },
    },
  });

  grunt.registerTask('default', ['browserify', 'sass']);
};
