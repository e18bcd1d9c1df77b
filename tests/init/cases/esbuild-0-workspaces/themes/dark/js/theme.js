import { dark } from 'colours';

log('theme', dark);
