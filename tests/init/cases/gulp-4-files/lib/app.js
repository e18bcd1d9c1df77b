log('lib');
