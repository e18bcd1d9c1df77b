module.exports = function (grunt) {
  grunt.initConfig({
    concat: { all: { src: ['js/one.js', 'js/two.js'], dest: 'public/js/all.js' } },
    uglify: {
      all: { files: { 'public/js/all.min.js': ['public/js/all.js'] } },
      module: { files: { 'public/js/icons.min.js': ['js/icons.js'] } },
    },
    sass: { dist: { files: { 'public/css/site.css': 'sass/site.scss' } } },
    clean: { zip: ['zip'] },
    copy: { main: { src: ['**', '!node_modules/**'], dest: 'zip/' } },
    compress: { main: { options: { archive: 'site.zip' }, src: ['zip/**'] } },
  });
  grunt.registerTask('scripts', ['concat', 'uglify']);
  grunt.registerTask('release', ['clean:zip', 'copy:main', 'compress']);
};
