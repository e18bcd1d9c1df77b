log('chart');
