log('old one', base);
