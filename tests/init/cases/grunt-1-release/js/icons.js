import Icons from '@site/core/icons.js';

log(new Icons());
