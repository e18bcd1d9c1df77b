import tools from 'site-tools';

log('menu', tools.open());
