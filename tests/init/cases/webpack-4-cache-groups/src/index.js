import store from 'store';
import draw from 'charts';
log('index', store.name, draw(3));
