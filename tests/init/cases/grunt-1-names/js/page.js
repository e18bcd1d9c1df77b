log('page');
