log('not an entry');
