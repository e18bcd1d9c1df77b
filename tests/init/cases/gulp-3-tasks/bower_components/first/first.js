var libraries = ['first'];
