import row from './row.tpl';
import Calendar from '../vendor/calendar';
import '../vendor/counter';

log(row.trim());
log(new Calendar().days);
log(window.counter);
