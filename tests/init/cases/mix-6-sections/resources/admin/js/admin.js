log('admin');
