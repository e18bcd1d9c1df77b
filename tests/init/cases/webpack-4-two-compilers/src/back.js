import './back.css';
import $ from 'jquery';
log('back', typeof $);
