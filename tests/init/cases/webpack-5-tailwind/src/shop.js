import './site.css';
import './cart.sass';

log('shop');
