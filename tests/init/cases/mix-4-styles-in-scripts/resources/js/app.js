import hub from 'events-hub';
import './app.css';
import Row from './row';
log('app', hub.name, new Row([1, 2]).cells.join(' '));
