log('menu');
