import { add } from '@/tools';
add('site');
log(words.join(), $('x'));
