module.exports = function (grunt) {
  grunt.initConfig({
    cssmin: {
      second: { files: { 'public/second/app.min.css': 'public/app.min-rtl.css' } },
      print: { src: 'css/print.css', dest: 'public/print.css' },
      all: { files: { 'public/app.min.css': ['css/base.css', 'css/site.css'] } },
    },
    concat: {
      scripts: { files: { 'tmp/app.js': ['js/one.js', 'js/two.js'] } },
      tables: { src: ['database/*.sql'], dest: 'database/all.sql' },
    },
    uglify: {
      options: { mangle: false },
      app: { files: { 'public/app.min.js': ['tmp/app.js'] } },
      // This target is the path.
      'public/page.min.js': ['js/two.js', 'js/page.js'],
    },
    rtlcss: {
      all: { expand: true, cwd: '.', dest: '.', src: ['public/*.css', '!public/*-rtl.css'], ext: '-rtl.css', extDot: 'last' },
    },
    copy: { all: { src: ['img/**', 'notes/*.txt', '!notes/draft.txt'], dest: 'public/' } },
  });
  grunt.registerTask('default', ['concat', 'uglify', 'cssmin:all', 'cssmin:print', 'rtlcss', 'cssmin:second', 'copy']);
};
