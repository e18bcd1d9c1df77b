var old = 'old';
log(old);
