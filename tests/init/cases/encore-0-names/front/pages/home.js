require('../styles/home.scss');
log('home');
