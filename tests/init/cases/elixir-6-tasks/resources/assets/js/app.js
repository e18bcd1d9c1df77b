const words = require('./words');
log('app', words.length);
