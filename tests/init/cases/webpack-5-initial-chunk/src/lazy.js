import charts from 'charts';

log(charts);
