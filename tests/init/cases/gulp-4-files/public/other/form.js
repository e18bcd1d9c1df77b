log('form');
