import hub from 'events-hub';
import { words } from 'common/words';
import './app.css';

log('app', hub.name, words.length, $('x'));
