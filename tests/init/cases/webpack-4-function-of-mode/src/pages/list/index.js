import total from '../../total';
if (__DEBUG__) log('never');
log('list', total([3]));
