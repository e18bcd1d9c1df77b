import store from 'store';
import rows from 'cart-rows';
import forum from 'forum/app';

log('app', store, rows.length, forum);
window.load = () => import('./lazy.js');
