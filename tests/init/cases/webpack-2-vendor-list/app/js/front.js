var words = require('./parts/words')
log('front', words.length, $('x').menu())
