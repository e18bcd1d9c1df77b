import words from 'market/common/words';
log('shop', words.join(' '));
