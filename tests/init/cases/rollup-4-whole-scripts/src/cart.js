import { price } from './price.js';

log('cart', price);
