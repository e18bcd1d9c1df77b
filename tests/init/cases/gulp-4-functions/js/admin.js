log(base('admin'));
