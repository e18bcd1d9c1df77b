var plugins = ['first'];
