/*global module:false*/
module.exports = function (grunt) {
  'use strict';

  grunt.initConfig({
    pkg: grunt.file.readJSON('package.json'),
    banner: '/*! <%= pkg.title || pkg.name %> - v<%= pkg.version %> */\n',
    dirs: { src: 'src', dest: 'dist', js: '<%= dirs.dest %>/js' },

    cssmin: {
      all: {
        files: {
          '<%= dirs.dest %>/css/<%= pkg.name %>.min.css': ['<%= dirs.src %>/css/base.css', '<%= dirs.src %>/css/gallery.css']
        }
      },
      beside: { expand: true, src: ['<%= dirs.dest %>/css/print.css'], ext: '.short.css' },
      made: { expand: true, cwd: '<%= dirs.dest %>/css', src: ['*.css', '!*.min.css'], dest: '<%= dirs.dest %>/css', ext: '.min.css' }
    },
    concat: {
      print: { src: '<%= dirs.src %>/css/base.css', dest: '<%= dirs.dest %>/css/print.css' },
      options: { banner: '<%= banner %>', stripBanners: true, separator: ';' },
      dist: {
        src: ['<%= dirs.src %>/js/core.js', '<%= dirs.src %>/js/parts/*.js'],
        dest: '<%= dirs.js %>/<%= pkg.name %>.js'
      }
    },
    uglify: {
      options: { banner: '<%= banner %>' },
      dist: {
        src: '<%= concat.dist.dest %>',
        dest: '<%= dirs.js %>/<%= pkg.name %>.min.js'
      }
    },
    copy: {
      images: { expand: true, cwd: '<%= dirs.src %>/img', src: ['**/*.svg'], dest: '<%= dirs.dest %>/img/' },
      sources: { src: '<%= dirs.src %>/js/core.js', dest: '<%= uglify.dist.dest %>' }
    },
    jshint: { gruntfile: { src: 'Gruntfile.js' } },
    watch: { files: ['<%= dirs.src %>/**/*'], tasks: ['build'] }
  });

  grunt.loadNpmTasks('grunt-contrib-concat');
  grunt.loadNpmTasks('grunt-contrib-uglify');
  grunt.loadNpmTasks('grunt-contrib-cssmin');
  grunt.loadNpmTasks('grunt-contrib-copy');

  grunt.registerTask('scripts', 'Joins and minifies the scripts.', ['concat', 'uglify']);
  grunt.registerTask('build', function () {
    grunt.task.run(['scripts', 'cssmin', 'copy:images']);
  });
  grunt.registerTask('dev', ['copy:sources', 'watch']);
};
