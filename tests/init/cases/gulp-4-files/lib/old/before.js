log('old');
