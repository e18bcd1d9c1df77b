log('users');
