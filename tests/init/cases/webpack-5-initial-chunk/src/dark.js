log('dark');
