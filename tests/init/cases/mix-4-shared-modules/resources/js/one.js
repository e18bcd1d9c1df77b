import { shared } from './shared';
log('one', shared);
