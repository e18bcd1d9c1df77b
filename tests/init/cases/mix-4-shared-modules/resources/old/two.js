log('old two', base);
