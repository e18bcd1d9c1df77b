log('search');
