document.body.className = 'mt-4';
log('app', document.body.className);
