log('app');
