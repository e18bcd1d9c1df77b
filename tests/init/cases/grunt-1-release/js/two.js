log(one, 'two');
