log('blocks');
