const os = require('os');
const { page } = require('./page');
log(typeof os.cpus, page('home'));
module.exports = page;
