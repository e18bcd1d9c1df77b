import './app.css';
import logo from './logo.svg';

log('app', logo);
