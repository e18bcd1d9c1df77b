import words from '@/words';
log('about', words.length);
