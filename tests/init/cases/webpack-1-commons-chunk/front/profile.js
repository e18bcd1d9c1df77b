import hub from 'events-hub';
log('profile', hub.name, require('./settings.json').size);
