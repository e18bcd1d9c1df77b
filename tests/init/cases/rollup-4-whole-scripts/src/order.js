import { price } from './price.js';

log('order', price);
