import Vue from 'vue';
import { price } from './money.js';

log('cart', price(1250), Vue.version);
