import './shop.scss';

const price = 1.005 + 2;
console.warn('never seen');
log('shop', <b title="price">{round(price)} {CURRENCY}</b>);
