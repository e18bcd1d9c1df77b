require('./main.css');
log('shop', require('shared/words').join(' '));
