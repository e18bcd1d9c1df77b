const path = require('path');

module.exports = function (grunt) {
  require('load-grunt-config')(grunt, {
    configPath: path.join(process.cwd(), 'config/grunt'),
    data: { folders: { out: 'public' } },
  });
};
