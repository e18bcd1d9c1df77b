import { title } from './settings';
log(title);
