import words from './words';
log('shop', words.join(' '));
