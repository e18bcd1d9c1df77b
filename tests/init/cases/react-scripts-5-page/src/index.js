/* global log */
import cart from './cart.svg';
import { total } from 'lib/total';
import row from './row';
import './row.scss';
import './index.css';

log('index', total(2), row(process.env.REACT_APP_TITLE), typeof cart);
log(process.env.PUBLIC_URL, process.env.NODE_ENV);
