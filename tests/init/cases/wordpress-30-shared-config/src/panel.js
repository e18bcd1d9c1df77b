log('panel');
