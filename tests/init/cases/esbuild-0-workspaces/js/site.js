log('site');
