import { words } from './words.js';

log('form', words);
