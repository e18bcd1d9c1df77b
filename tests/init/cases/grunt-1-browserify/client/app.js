const { list } = require('./list');
log('app', list.join());
