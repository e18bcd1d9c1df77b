module.exports = function (grunt) {
  grunt.initConfig({
    copy: {
      one: { src: 'css/one.css', dest: 'public/css/one.css' },
      lib: { expand: true, cwd: 'lib', src: '**', dest: 'public/lib/' }
    },
    cssmin: {
      one: { src: 'public/css/one.css', dest: 'public/css/one.css' },
      lib: { src: 'public/lib/grid.css', dest: 'public/lib/grid.css' }
    }
  });

  grunt.loadNpmTasks('grunt-contrib-copy');
  grunt.loadNpmTasks('grunt-contrib-cssmin');
  grunt.registerTask('default', ['copy', 'cssmin']);
};
