import part from './part-basket';
log('shop', part);
