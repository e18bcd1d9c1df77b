import words from './words';
log('admin', words.length);
