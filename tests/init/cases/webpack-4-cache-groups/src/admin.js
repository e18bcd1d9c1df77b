import store from 'store';
import draw from 'charts';
log('admin', store.name, draw(4));
