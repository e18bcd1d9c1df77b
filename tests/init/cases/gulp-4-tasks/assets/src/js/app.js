import { words } from './words';
const part = require('./part');
log('app', words.join(' '), part.name);
