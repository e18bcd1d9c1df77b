log('other');
