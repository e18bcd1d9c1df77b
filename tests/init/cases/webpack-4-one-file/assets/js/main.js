import { greeting } from '@/greeting';
import boat from 'images/boat.svg';
import dot from 'images/dot.gif';
import '../scss/main.scss';

log(greeting('harbour'));
log(boat.default || boat, dot.default || dot);
