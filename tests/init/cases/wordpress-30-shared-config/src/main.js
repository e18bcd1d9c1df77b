log('notices');
