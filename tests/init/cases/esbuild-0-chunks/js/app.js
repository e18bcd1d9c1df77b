import './app.scss';

import('./map.js').then(({ draw }) => log(draw()));
log('app');
