import clock from 'clock';
log(clock.tick());
