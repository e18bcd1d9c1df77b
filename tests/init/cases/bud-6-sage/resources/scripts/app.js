import domReady from '@wordpress/dom-ready';
import logo from '@images/logo.svg';
import { menu } from './menu.js';

domReady(() => {
  log('app', menu, logo.split('/').pop().replace(/\.[0-9a-f]+\./, '.'), $('body'));
});
