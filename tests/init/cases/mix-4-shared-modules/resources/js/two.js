import { shared } from './shared';
log('two', shared);
