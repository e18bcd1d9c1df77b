var base = 'base';
