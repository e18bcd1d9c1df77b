exports.default = require('./tasks/scripts');
