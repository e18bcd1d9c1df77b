var words = ['one'];
