log('two');
