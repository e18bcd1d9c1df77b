const hub = require('events-hub');
log('app', hub.name, $('x'), window.jQuery === jQuery);
