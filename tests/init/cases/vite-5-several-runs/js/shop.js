import { price } from './money.js';

log('shop', price(99));
