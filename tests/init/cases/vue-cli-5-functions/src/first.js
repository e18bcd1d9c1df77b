log('first');
