import { menu } from 'scripts/menu';

log('gallery', menu);
