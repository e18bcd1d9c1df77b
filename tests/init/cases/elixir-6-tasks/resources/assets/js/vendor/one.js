var vendor = ['one'];
