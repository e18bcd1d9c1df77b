log('help');
