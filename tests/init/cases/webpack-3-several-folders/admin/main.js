log('admin', require('shared/words').length);
