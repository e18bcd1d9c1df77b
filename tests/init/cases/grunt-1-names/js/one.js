log('one');
